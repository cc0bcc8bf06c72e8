// The steps of recording a visit, and which of them are taken: a short way where nobody was met.
import { valueAt } from "#src/domain/record/schema.ts";
import { ask, type SheetValues, type Step } from "#src/ui/steps/step.ts";

export type StepName = "outcome" | "when" | "domains" | "sign" | "risk" | "needs" | "view" | "next" | "note";

const outcome = (values: SheetValues) => valueAt(values["followup"], "outcome");

const wasMet = (values: SheetValues): boolean => outcome(values) === "contact_made";
const wasNotMet = (values: SheetValues): boolean => !wasMet(values);
export const isUnsafe = (values: SheetValues): boolean => outcome(values) === "unsafe_to_visit";
export const showsSign = (values: SheetValues): boolean =>
  valueAt(values["followup"], "retraffickingSign") === true;

export const isInDanger = (values: SheetValues): boolean =>
  valueAt(values["followup"], "domains.safety") === "bad";

export const domains = [
  "safety",
  "housing",
  "health",
  "mentalHealth",
  "family",
  "community",
  "income",
  "schooling",
  "papers",
  "debt",
] as const;

export const visitSteps: readonly Step<StepName>[] = [
  {
    name: "outcome",
    questions: [ask("followup", "outcome", { label: "visit.ask.outcome" })],
    waits: isUnsafe,
  },
  {
    name: "when",
    questions: [
      ask("followup", "doneOn"),
      ask("followup", "mode"),
      ask("followup", "othersPresent", { when: wasMet }),
    ],
  },
  {
    name: "domains",
    when: wasMet,
    questions: domains.map((domain) => ask("followup", `domains.${domain}`)),
    waits: isInDanger,
  },
  {
    // Also where nobody was met: neighbours tell, and a person who has moved away may be at risk.
    name: "sign",
    questions: [
      ask("followup", "retraffickingSign", { when: wasMet }),
      ask("followup", "retraffickingSign", { when: wasNotMet, help: "visit.help.signUnmet" }),
    ],
    waits: showsSign,
  },
  {
    name: "risk",
    questions: [ask("followup", "riskLevel", { label: "visit.ask.risk" })],
  },
  {
    name: "needs",
    when: wasMet,
    questions: [ask("followup", "newNeeds", { label: "visit.ask.needs" })],
  },
  {
    name: "view",
    when: wasMet,
    questions: [ask("followup", "personsView", { label: "visit.ask.view" })],
  },
  {
    name: "next",
    questions: [
      ask("followup", "nextOn", { when: wasMet, label: "visit.ask.next" }),
      ask("followup", "nextOn", { when: wasNotMet, label: "visit.ask.nextUnmet" }),
    ],
  },
  { name: "note", questions: [ask("followup", "note", { label: "visit.ask.note" })] },
];
