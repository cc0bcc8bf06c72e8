// The check at the store's door takes every record that its description describes, and names what is wrong.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkRecord } from "#src/domain/record/check.ts";
import { databaseName } from "#src/domain/record/databases.ts";
import { type Definition } from "#src/domain/record/define.ts";
import { definitions } from "#src/domain/records/index.ts";
import { validRecords } from "./record-arbitrary.ts";

const all: readonly Definition[] = Object.values(definitions);

describe.each(all.map((definition) => [definition.type, definition] as const))("%s", (_, definition) => {
  const database = databaseName(definition.database, "vn-gso-48");

  it("is taken when it is as described", () => {
    fc.assert(
      fc.property(validRecords(definition), (record) => {
        expect(checkRecord(database, record)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it("is refused without a word of what it holds", () => {
    const secret = "Đào Thị Hoà 0912 345 678";
    const places = [...Object.keys(definition.fields), "id", "version", "createdAt", "case", "unanswered", "history", "unheardOf"]; // prettier-ignore
    fc.assert(
      fc.property(validRecords(definition), fc.constantFrom(...places), (record, place) => {
        for (const value of [secret, [secret], { [place]: secret }, secret.repeat(500), `\u0000${secret}`]) {
          const problems = checkRecord(database, { ...record, [place]: value });
          expect(problems.join()).not.toContain("Hoà");
          for (const problem of problems) expect(problem).toMatch(/^\S*: \S/);
        }
      }),
    );
  });
});
