// Where the transfer of a case between two sites stands, read from what lies in one site's database (D9).
import type { Entry } from "#src/domain/ports/store.ts";
import type { AnyRecord } from "#src/domain/record/define.ts";
import type { MovedCase } from "#src/domain/records/moved-case.ts";
import type { Transfer } from "#src/domain/records/transfer.ts";
import type { TransferAnswer } from "#src/domain/records/transfer-answer.ts";
import { compare } from "./axis.ts";

/**
 * `asked`: no answer is known here. `declined`: the other site does not take it; `settled` once this one has said that it
 * keeps the case. `withdrawn`: taken back, unless the other site accepted first. `accepted`: it is being handed over, and
 * who asked stays responsible. `moved`: the case is the other site's.
 */
export type TransferStanding =
  | { readonly state: "none" }
  | { readonly state: "asked"; readonly transfer: Entry<Transfer> }
  | {
      readonly state: "declined";
      readonly transfer: Entry<Transfer>;
      readonly answer: Entry<TransferAnswer>;
      readonly settled: boolean;
    }
  | {
      readonly state: "withdrawn" | "accepted";
      readonly transfer: Entry<Transfer>;
      readonly answer: Entry<TransferAnswer>;
    }
  | { readonly state: "moved"; readonly moved: Entry<MovedCase> };

/**
 * How the last transfer stands that this site has asked for. `entries` are the case's, of this site's database alone.
 *
 * What the front door decides shows as its records: where an answer of the other site lies here, the front door laid it
 * here because it held; where only one's own lies here, it may still turn out that the other site was first.
 */
export function standingOfTransfer(siteId: string, entries: readonly Entry[]): TransferStanding {
  const moved = movedAway(siteId, entries);
  if (moved) return { state: "moved", moved };
  const gone = new Set(entries.filter(isMoved).map(({ record }) => record.transfer));
  const transfer = entries
    .filter(isTransfer)
    .filter(({ record }) => record.fromSite === siteId && !gone.has(record.id))
    .toSorted(byTime)
    .at(-1);
  if (!transfer) return { state: "none" };
  const answer = answerTo(transfer.record, siteId, entries);
  if (!answer) return { state: "asked", transfer };
  const said = answer.record.answer;
  if (said !== "declined") return { state: said, transfer, answer };
  const settled = entries
    .filter(isAnswer)
    .some(({ record }) => record.transfer === transfer.record.id && record.answer === "withdrawn");
  return { state: "declined", transfer, answer, settled };
}

/**
 * The answer that holds: of the other site before one's own, then the earliest. Who accepts or declines is the site that
 * is asked, who withdraws the one that asks; an answer of anybody else is none.
 */
export function answerTo(
  transfer: Transfer,
  siteId: string,
  entries: readonly Entry[],
): Entry<TransferAnswer> | undefined {
  const answers = entries
    .filter(isAnswer)
    .filter(({ record }) => record.transfer === transfer.id && isByItsSite(record, transfer))
    .toSorted(byTime);
  return answers.find(({ record }) => record.bySite !== siteId) ?? answers[0];
}

/** Whether an answer comes from the site that may give it. */
const isByItsSite = ({ answer, bySite }: TransferAnswer, transfer: Transfer): boolean =>
  bySite === (answer === "withdrawn" ? transfer.fromSite : transfer.toSite);

/**
 * What says that the case has left this site, unless it has been offered to it again since: then it is coming back, or
 * is back. `entries` are the case's, of this site's database alone.
 */
export function movedAway(siteId: string, entries: readonly Entry[]): Entry<MovedCase> | undefined {
  const moved = entries
    .filter(isMoved)
    .toSorted((a, b) => compare(a.record.movedAt, b.record.movedAt))
    .at(-1);
  if (!moved) return undefined;
  const isBack = entries
    .filter(isTransfer)
    .some(
      ({ record }) =>
        record.toSite === siteId &&
        record.createdAt > moved.record.movedAt &&
        answerTo(record, siteId, entries)?.record.answer === "accepted",
    );
  return isBack ? undefined : moved;
}

/** Whether another site has handed the case over to this one. */
export const wasHandedTo = (siteId: string, entries: readonly Entry[]): boolean =>
  entries
    .filter(isTransfer)
    .some(
      ({ record }) =>
        record.toSite === siteId && answerTo(record, siteId, entries)?.record.answer === "accepted",
    );

const isTransfer = (entry: Entry): entry is Entry<Transfer & AnyRecord> => entry.record.type === "transfer";
export const isAnswer = (entry: Entry): entry is Entry<TransferAnswer & AnyRecord> =>
  entry.record.type === "transfer_answer";
const isMoved = (entry: Entry): entry is Entry<MovedCase & AnyRecord> => entry.record.type === "moved_case";

const byTime = (a: Entry, b: Entry): number =>
  compare(a.record.createdAt, b.record.createdAt) || compare(a.record.id, b.record.id);
