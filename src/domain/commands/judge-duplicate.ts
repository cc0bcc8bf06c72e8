// A supervisor says whether two files are about one person: the work then goes on in the other. Undone by a voiding.
import type { FormValues } from "#src/domain/record/clean.ts";
import { findingsOf, goesOnIn } from "#src/domain/case-file/duplicates.ts";
import { caseFileOf } from "#src/domain/case-file/case-file.ts";
import { duplicate } from "#src/domain/records/duplicate.ts";
import { err, ok } from "#src/domain/ports/result.ts";
import { accessCase } from "./case-access.ts";
import { type Command, fromForm, newRecord } from "./command.ts";

export interface Judgement {
  /** The file that gives way, where they are one person. */
  readonly caseId: string;
  readonly duplicate: FormValues;
}

export type JudgementError =
  /** The other file is not at this site, or is this very file. */
  | { readonly type: "OtherFileMissing" }
  | { readonly type: "AlreadyJudged" }
  /** The other file gives way to this one: one of the two words has to be taken back first. */
  | { readonly type: "GivesWayAlready" }
  | { readonly type: "FieldsMissing"; readonly fields: readonly string[] };

export const judgeDuplicate: Command<Judgement, JudgementError> = {
  name: "judge-duplicate",
  run(read, input, acting) {
    const access = accessCase(read, input.caseId, acting, ["supervisor"]);
    if (!access.ok) return access;
    const { file } = access.value;
    const judged = fromForm(duplicate, input.duplicate);
    const missing = (["other", "same", "reason"] as const).filter((name) => judged[name] === undefined);
    if (missing.length > 0) return err({ type: "FieldsMissing", fields: missing });
    const find = (id: string) => {
      const entry = read.get("case", id);
      return entry?.database === file.database ? caseFileOf(read, entry) : undefined;
    };
    const other = judged.other === input.caseId ? undefined : find(judged.other);
    if (!other) return err({ type: "OtherFileMissing" });
    if (findingsOf(file).get(judged.other)?.same === judged.same) return err({ type: "AlreadyJudged" });
    if (
      judged.same &&
      (goesOnIn(other, find)?.case.id === input.caseId || findingsOf(other).get(input.caseId)?.same === true)
    )
      return err({ type: "GivesWayAlready" });
    const record = newRecord(duplicate, acting, { ...judged, case: input.caseId });
    return ok([{ database: file.database, record }]);
  },
};
