// What two people recorded differently without seeing each other's, and that waits for somebody to decide.
import { Split } from "lucide-react";
import { Link } from "react-router";
import { forkedCases } from "#src/data/case-queries.ts";
import { clashes } from "#src/data/sync-queries.ts";
import { useQuery } from "#src/data/use-query.ts";
import { clashesIn } from "#src/domain/case-file/undecided.ts";
import { sectionOf } from "#src/domain/record/define.ts";
import { useFormats } from "#src/i18n/format.ts";
import { forksOf } from "#src/domain/case-file/forks.ts";
import type { Entry } from "#src/domain/ports/store.ts";
import { isRecordType } from "#src/domain/records/index.ts";
import { useLabels } from "#src/i18n/labels.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { addressOf } from "#src/ui/addresses.ts";
import { Badge } from "#src/ui/badge.tsx";
import { Row, Rows, Sheet } from "#src/ui/sheet.tsx";

interface Undecided {
  readonly entry: Entry;
  readonly caseId: string | undefined;
  readonly code: string | undefined;
  readonly title: string;
  readonly mark: string;
}

export function Clashes() {
  const { t } = useTexts();
  const { fieldLabelAt, recordTypeLabel } = useLabels();
  const { list } = useFormats();
  const clashing = useQuery(clashes);
  const forked = useQuery(forkedCases);
  const found: readonly Undecided[] = [
    ...clashing.map(({ entry, caseId, code }) => {
      const { record } = entry;
      const { type } = record;
      const questions = clashesIn(record).map(({ unit }) => fieldLabelAt(sectionOf(type), unit.path));
      return {
        entry,
        caseId,
        code,
        title: `${isRecordType(type) ? recordTypeLabel(type) : type}: ${list(questions)}`,
        mark: t("today.twoVersions"),
      };
    }),
    ...forked.flatMap((file) =>
      [...new Set(forksOf(file).map(({ axis }) => axis))].map((axis) => ({
        entry: file.entry,
        caseId: file.case.id,
        code: file.case.code,
        title: t(`case.axis.${axis === "status" ? "legal" : "care"}`),
        mark: t("today.twoSteps"),
      })),
    ),
  ];
  if (found.length === 0) return null;
  return (
    <Sheet title={t("today.clashes")} tone="due" aside={<span className="numeric">{found.length}</span>}>
      <Rows label={t("today.clashes")}>
        {found.map(({ entry, caseId, code, title, mark }) => (
          <Row
            key={`${entry.database} ${entry.record.id} ${title}`}
            record={entry.record.id}
            state={entry.sync.state}
            title={title}
            detail={<span className="numeric">{code}</span>}
            aside={
              <Badge tone="due" icon={Split}>
                {mark}
              </Badge>
            }
            {...(caseId === undefined
              ? {}
              : {
                  link: (content, className) => (
                    <Link className={className} to={addressOf.case(caseId)}>
                      {content}
                    </Link>
                  ),
                })}
          />
        ))}
      </Rows>
    </Sheet>
  );
}
