// Tells the story of a made-up person by the product's own commands, each on its day and by its author.
import { caseFileOf } from "#src/domain/case-file/case-file.ts";
import { askTransfer } from "#src/domain/commands/ask-transfer.ts";
import { addNote } from "#src/domain/commands/add-note.ts";
import { changeStage } from "#src/domain/commands/change-stage.ts";
import { amended, newRecord, type Acting, type Command } from "#src/domain/commands/command.ts";
import { receivePerson, type Reception } from "#src/domain/commands/receive-person.ts";
import { recordConsent } from "#src/domain/commands/record-consent.ts";
import { recordStatus } from "#src/domain/commands/record-status.ts";
import { recordUrgentAction } from "#src/domain/commands/record-urgent-action.ts";
import { recordVisit } from "#src/domain/commands/record-visit.ts";
import { voidRecord } from "#src/domain/commands/void-record.ts";
import type { Change } from "#src/domain/ports/store.ts";
import type { FormValues } from "#src/domain/record/clean.ts";
import { addDays, instantOf, localDate } from "#src/domain/record/dates.ts";
import type { AnyRecord } from "#src/domain/record/define.ts";
import { newId } from "#src/domain/record/ids.ts";
import type { CaseFile } from "#src/domain/case-file/case-file.ts";
import type { UrgentFlag } from "#src/domain/records/code-lists.ts";
import { planItem, type PlanItem } from "#src/domain/records/plan-item.ts";
import { site } from "#src/domain/records/site.ts";
import { staff } from "#src/domain/roles.ts";
import type { Plan } from "#server/provision/plan.ts";
import { recordsInMemory } from "./memory.ts";

/** A case in a story. `by` is whoever usually works on it. */
export interface Told {
  caseId: string;
  by: string;
}

/** One write, with who made it and what stood there before. */
export interface Written extends Change {
  author: string;
  previous: AnyRecord | undefined;
}

type Fields = Partial<Omit<PlanItem, "id" | "type" | "version" | "case" | "need">>;

/** `daysAgo` counts whole days and parts of one back from the instant of the demo; `by` overrides the usual worker. */
export interface Storyteller {
  /** The date so many days from now at the first site; negative is past. */
  day: (days: number) => string;
  receive: (daysAgo: number, by: string, reception: Reception) => Told;
  act: (told: Told, daysAgo: number, flag: UrgentFlag, values: FormValues) => void;
  status: (
    told: Told,
    daysAgo: number,
    to: CaseFile["status"]["at"],
    values: FormValues,
    by?: string,
  ) => void;
  stage: (told: Told, daysAgo: number, to: CaseFile["stage"]["at"], values?: FormValues, by?: string) => void;
  visit: (told: Told, daysAgo: number, values: FormValues) => void;
  consent: (told: Told, daysAgo: number, values: FormValues) => void;
  note: (told: Told, daysAgo: number, text: string, by?: string) => void;
  /** Another site is asked to take the case over; the front door tells it. */
  askTransfer: (told: Told, daysAgo: number, values: FormValues) => void;
  /** Sets the last remark aside, as put on the wrong person. */
  voidNote: (told: Told, daysAgo: number, reason: string) => void;
  /** Settles a need of the person, in a new plan item where it was not yet named. */
  plan: (told: Told, daysAgo: number, need: PlanItem["need"], values: Fields) => void;
}

export interface StorytellerOptions {
  /** The instant to which all days relate; Unix time in milliseconds. */
  at: number;
  randomBytes: (count: number) => Uint8Array;
}

const DAY_MS = 86_400_000;

export function storyteller(
  plan: Plan,
  { at, randomBytes }: StorytellerOptions,
): { tell: Storyteller; written: readonly Written[] } {
  const memory = recordsInMemory();
  const { read } = memory;
  const written: Written[] = [];
  const devices = new Map(plan.accounts.map(({ name }) => [name, newId(randomBytes)]));
  const today = localDate(at, plan.sites[0]?.timeZone ?? "UTC");

  const acting = (daysAgo: number, by: string): Acting => {
    const account = plan.accounts.find(({ name }) => name === by);
    const device = devices.get(by);
    if (account === undefined || device === undefined) throw new Error(`Nobody is called ${by}.`);
    // A millisecond apart, so that no two things happened at once.
    const now = instantOf(at - Math.round(daysAgo * DAY_MS) + written.length);
    return {
      now,
      deviceTime: now,
      user: { name: by, roles: [...account.roles, staff] },
      device,
      randomBytes,
    };
  };
  const write = (changes: readonly Change[], author: string) => {
    for (const change of changes) {
      const previous = read.all().find(({ record }) => record.id === change.record.id)?.record;
      written.push({ ...change, author, previous });
      memory.put(change);
    }
  };
  const run = <I>(
    command: Command<I, { readonly type: string }>,
    daysAgo: number,
    by: string,
    input: I,
  ): readonly Change[] => {
    const outcome = command.run(read, input, acting(daysAgo, by));
    if (!outcome.ok) throw new Error(`${command.name}, ${String(daysAgo)} days ago: ${outcome.error.type}`);
    write(outcome.value, by);
    return outcome.value;
  };
  const fileOf = ({ caseId }: Told): CaseFile => {
    const entry = read.get("case", caseId);
    if (entry === undefined) throw new Error("The story has not begun.");
    return caseFileOf(read, entry);
  };

  const firstAccount = plan.accounts[0]?.name ?? "";
  for (const { id, ...fields } of plan.sites) {
    const record = newRecord(site, acting(0, firstAccount), { siteId: id, ...fields }, `site:${id}`);
    memory.put({ database: "directory", record });
  }

  const tell: Storyteller = {
    day: (days) => addDays(today, days),
    receive: (daysAgo, by, reception) => {
      const [first] = run(receivePerson, daysAgo, by, reception);
      return { caseId: first?.record.id ?? "", by };
    },
    act: (told, daysAgo, flag, values) => {
      const raisedBy = fileOf(told).openFlags.find((open) => open.flag === flag)?.raisedBy.id;
      const urgentAction = { ...values, raisedBy, flag };
      run(recordUrgentAction, daysAgo, told.by, { caseId: told.caseId, urgentAction });
    },
    status: ({ caseId, by }, daysAgo, to, values, other = by) => {
      run(recordStatus, daysAgo, other, { caseId, statusEvent: { ...values, to } });
    },
    stage: ({ caseId, by }, daysAgo, to, values = {}, other = by) => {
      run(changeStage, daysAgo, other, { caseId, stageEvent: { ...values, to } });
    },
    visit: ({ caseId, by }, daysAgo, followup) => {
      run(recordVisit, daysAgo, by, { caseId, followup });
    },
    consent: ({ caseId, by }, daysAgo, consent) => {
      run(recordConsent, daysAgo, by, { caseId, consent });
    },
    note: ({ caseId, by }, daysAgo, text, other = by) => {
      run(addNote, daysAgo, other, { caseId, note: { text } });
    },
    askTransfer: ({ caseId, by }, daysAgo, transfer) => {
      run(askTransfer, daysAgo, by, { caseId, transfer });
    },
    voidNote: (told, daysAgo, reason) => {
      const target = fileOf(told).entries.findLast(({ record }) => record.type === "note")?.record.id;
      run(voidRecord, daysAgo, told.by, { caseId: told.caseId, voiding: { target, reason } });
    },
    plan: (told, daysAgo, need, values) => {
      const file = fileOf(told);
      const author = acting(daysAgo, told.by);
      const known = file.plan.find((item) => item.need === need);
      const record =
        known === undefined
          ? newRecord(planItem, author, { status: "proposed", ...values, case: told.caseId, need })
          : amended(planItem, known, values, author);
      write([{ database: file.database, record }], told.by);
    },
  };
  return { tell, written };
}
