// Two files that may be about one person, for whoever decides on that.
import { Users } from "lucide-react";
import { Link } from "react-router";
import { likelyDuplicates } from "#src/data/case-queries.ts";
import { useQuery } from "#src/data/use-query.ts";
import { useWork } from "#src/data/work.tsx";
import { rolesFor } from "#src/domain/commands/command.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { addressOf } from "#src/ui/addresses.ts";
import { Badge } from "#src/ui/badge.tsx";
import { Row, Rows, Sheet } from "#src/ui/sheet.tsx";

export function LikelyDuplicates() {
  const { t } = useTexts();
  const { account } = useWork().profile;
  const pairs = useQuery(likelyDuplicates).filter(
    ([{ site }]) => site && rolesFor(account.roles, site).has("supervisor"),
  );
  if (pairs.length === 0) return null;
  return (
    <Sheet title={t("today.twins")} tone="due" aside={<span className="numeric">{pairs.length}</span>}>
      <Rows label={t("today.twins")}>
        {pairs.map(([earlier, later]) => (
          <Row
            key={`${earlier.case.id} ${later.case.id}`}
            record={later.case.id}
            state={later.entry.sync.state}
            title={later.case.code}
            detail={<span className="numeric">{t("today.twinOf", { code: earlier.case.code })}</span>}
            aside={
              <Badge tone="due" icon={Users}>
                {t("today.twin")}
              </Badge>
            }
            link={(content, className) => (
              <Link className={className} to={addressOf.case(later.case.id)}>
                {content}
              </Link>
            )}
          />
        ))}
      </Rows>
    </Sheet>
  );
}
