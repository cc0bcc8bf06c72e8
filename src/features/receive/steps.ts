// The steps of receiving one person, in the order of the procedure, and which of them are taken.
import { identifies } from "#src/domain/case-file/identity.ts";
import { pickedNeeds } from "#src/domain/commands/receive-person.ts";
import { fromForm } from "#src/domain/commands/command.ts";
import { profiles } from "#src/domain/profiles/index.ts";
import type { Profile } from "#src/domain/profiles/profile.ts";
import { type UrgentFlag, urgentFlags } from "#src/domain/records/code-lists.ts";
import { person } from "#src/domain/records/person.ts";
import { answerAt } from "#src/domain/record/answer.ts";
import { valueAt } from "#src/domain/record/schema.ts";
import { ask, isAnswered, type SheetValues, type Step } from "#src/ui/steps/step.ts";

export type StepName =
  | "consent"
  | "consentDetails"
  | "identity"
  | "urgent"
  | "name"
  | "sex"
  | "age"
  | "citizenship"
  | "language"
  | "home"
  | "group"
  | "adult"
  | "received"
  | "channel"
  | "risk"
  | "needs"
  | "nextContact"
  | "safeContact"
  | "review";

const decision = (values: SheetValues) => valueAt(values["consent"], "decision");

/** Where the form keeps the consent to be contacted, beside that to a file. */
export const contactConsent = "contactConsent";

/** Nobody takes back what was never given. */
export const neverAtReception = ["withdrawn"] as const;

/** The person does not want a file with their name, or cannot decide now. */
export const withholdsIdentity = (values: SheetValues): boolean =>
  decision(values) === "refused" || decision(values) === "cannot_now";

/** Something that tells who the person is was typed or answered. */
const holdsIdentity = (values: SheetValues): boolean => identifies(fromForm(person, values["person"]));

/** Identity stands in the form, and nobody has yet said yes to keeping it (D8). */
export const consentIsOpen = (values: SheetValues): boolean =>
  holdsIdentity(values) && decision(values) !== "given";

export const raisedFlags = (values: SheetValues): readonly UrgentFlag[] =>
  urgentFlags.filter((flag) => valueAt(values["urgentCheck"], flag) === true);

export const urgentQuestions = urgentFlags.map((flag) => ask("urgentCheck", flag));

/** What "all no" sets: only what was not answered yet, and that they were set together. */
export function restNo(values: SheetValues): Readonly<Record<string, { readonly value: boolean }>> {
  const open = urgentQuestions.filter((question) => !isAnswered(values, question));
  if (open.length === 0) return {};
  const set = [...open.map(({ path }) => path), "restNoTogether"] as const;
  return Object.fromEntries(set.map((path) => [path, { value: path === "restNoTogether" }]));
}

/** The most pressing needs, in the person's own order. */
export const mostNeeds = 3;
export const needsOf = (values: SheetValues) => pickedNeeds(values["planItem"]);

const way = (values: SheetValues) => valueAt(values["person"], "safeContact.way");
const named = (values: SheetValues) => !withholdsIdentity(values);

/** The minor does not agree, whatever the guardian said: nothing is shared, and somebody notes why. */
export const minorRefuses = (values: SheetValues): boolean =>
  valueAt(values["consent"], "minorAssent") === false;

export const isAccompanying = (values: SheetValues): boolean =>
  valueAt(values["case"], "group") === "accompanying_under_18";

export function receiveSteps(profile: Profile["id"]): readonly Step<StepName>[] {
  const home = profiles[profile].defaultLanguage;
  const speaksAnother = (values: SheetValues) => {
    const { value, unanswered } = answerAt(values["person"], "language");
    // Where nobody could make out what the person speaks, an interpreter is needed most.
    return unanswered === "unknown" || (value !== undefined && value !== home);
  };
  return [
    {
      name: "consent",
      questions: [ask("consent", "decision", { label: "receive.ask.consent", without: neverAtReception })],
    },
    {
      name: "consentDetails",
      when: (values) => decision(values) === "given",
      questions: [
        ask("consent", "givenBy"),
        ask("consent", "minorAssent", {
          when: (values) => ["guardian", "both"].some((by) => by === valueAt(values["consent"], "givenBy")),
        }),
        ask("consent", "limits", {
          label: "receive.ask.whyNoAssent",
          help: "",
          when: minorRefuses,
        }),
        ask("consent", "how"),
        ask("consent", "witness", {
          when: (values) => valueAt(values["consent"], "how") === "spoken_before_witness",
        }),
        ask("consent", "language"),
      ],
      // Several questions end with "next": going on by itself here, the same tap would skip the urgent ones unread.
      waits: () => true,
    },
    {
      name: "identity",
      when: (values) => withholdsIdentity(values) && holdsIdentity(values),
      questions: [],
    },
    {
      name: "urgent",
      questions: urgentQuestions,
      // The last answer and "all no" look alike to a hurried thumb: somebody presses Next once they have looked.
      waits: () => true,
    },
    {
      name: "name",
      when: named,
      questions: [ask("person", "displayName", { label: "receive.ask.name", help: "receive.help.name" })],
    },
    // Sex, age and language identify nobody, and helping needs them: they are asked without consent to a name too.
    { name: "sex", questions: [ask("person", "sex", { label: "receive.ask.sex" })] },
    {
      name: "age",
      questions: [
        ask("person", "ageYears", { label: "receive.ask.age", when: named }),
        ask("person", "ageYears", { label: "receive.ask.ageAbout", when: withholdsIdentity }),
        ask("person", "birthDate", { when: named }),
      ],
    },
    {
      name: "citizenship",
      when: named,
      questions: [ask("person", "citizenship", { label: "receive.ask.citizenship" })],
    },
    {
      name: "language",
      questions: [
        ask("person", "language", { label: "receive.ask.language", help: "" }),
        ask("person", "interpreterNeeded", { when: speaksAnother }),
      ],
    },
    {
      name: "home",
      when: named,
      questions: [
        ask("person", "homeArea.province", { label: "receive.ask.province" }),
        ask("person", "homeArea.commune", { label: "receive.ask.commune" }),
      ],
    },
    {
      name: "group",
      questions: [ask("case", "group", { label: "receive.ask.group" })],
    },
    { name: "adult", when: isAccompanying, questions: [ask("case", "accompanies")] },
    { name: "received", questions: [ask("case", "receivedAt", { label: "receive.ask.received" })] },
    {
      name: "channel",
      questions: [ask("case", "channel", { label: "receive.ask.channel" })],
    },
    { name: "risk", questions: [ask("case", "riskLevel", { label: "receive.ask.risk" })] },
    { name: "needs", questions: [ask("planItem", "need", { label: "receive.ask.needs" })] },
    {
      name: "nextContact",
      questions: [ask("case", "nextContactOn", { label: "receive.ask.nextContact" })],
    },
    {
      name: "safeContact",
      when: named,
      questions: [
        ask("consent", "decision", {
          keptIn: contactConsent,
          label: "receive.ask.contact",
          without: neverAtReception,
        }),
        ask("person", "safeContact.way", { label: "receive.ask.safeContact", help: "" }),
        ask("person", "safeContact.phone", { when: (values) => way(values) === "phone" }),
        ask("person", "safeContact.throughPerson", { when: (values) => way(values) === "through_person" }),
      ],
    },
    { name: "review", questions: [] },
  ];
}
