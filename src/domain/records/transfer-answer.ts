// What became of a transfer that was asked for: taken over, declined, or taken back by who asked.
import { code, codeList, link, note, noted, required, text } from "#src/domain/record/field.ts";
import { defineRecord, type RecordOf } from "#src/domain/record/define.ts";
import { caseRoles } from "#src/domain/roles.ts";

/**
 * Each site writes in its own database, and the front door lays a copy with the same id into the other's. The rule holds
 * that `bySite` is the site of the database in which people write it; that only the site that is asked accepts or
 * declines and only the one that asks withdraws holds whoever reads it (`standingOfTransfer`): any other answer is none.
 */
export const transferAnswer = defineRecord({
  type: "transfer_answer",
  version: 1,
  database: "site",
  mutability: "append",
  ofCase: true,
  writers: caseRoles,
  writtenAt: "bySite",
  fields: {
    transfer: required(link("transfer")),
    answer: required(
      code(codeList("transferAnswer", ["accepted", "declined", "withdrawn"]), { anonymised: "keep" }),
    ),
    bySite: required(text({ max: 64, holds: "site" })),
    reason: noted(note({ max: 1000 })),
  },
});
export type TransferAnswer = RecordOf<typeof transferAnswer>;
