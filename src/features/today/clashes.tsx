// Records of which two versions wait for somebody to decide.
import { Split } from "lucide-react";
import { Link } from "react-router";
import { clashes } from "#src/data/sync-queries.ts";
import { useQuery } from "#src/data/use-query.ts";
import { isRecordType } from "#src/domain/records/index.ts";
import { useLabels } from "#src/i18n/labels.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { addressOf } from "#src/ui/addresses.ts";
import { Badge } from "#src/ui/badge.tsx";
import { Row, Rows, Sheet } from "#src/ui/sheet.tsx";

export function Clashes() {
  const { t } = useTexts();
  const { recordTypeLabel } = useLabels();
  const found = useQuery(clashes);
  if (found.length === 0) return null;
  return (
    <Sheet title={t("today.clashes")} tone="due" aside={<span className="numeric">{found.length}</span>}>
      <Rows label={t("today.clashes")}>
        {found.map(({ entry, caseId, code }) => (
          <Row
            key={`${entry.database} ${entry.record.id}`}
            record={entry.record.id}
            state={entry.sync.state}
            title={isRecordType(entry.record.type) ? recordTypeLabel(entry.record.type) : entry.record.type}
            detail={<span className="numeric">{code}</span>}
            aside={
              <Badge tone="due" icon={Split}>
                {t("today.twoVersions")}
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
