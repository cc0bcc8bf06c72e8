// A case and the records of it that are on their way, one line each.
import type { ReactNode } from "react";
import { Link } from "react-router";
import { oneCase } from "#src/data/case-queries.ts";
import type { Placed } from "#src/data/sync-queries.ts";
import { useQuery } from "#src/data/use-query.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { addressOf } from "#src/ui/addresses.ts";
import { maskName } from "#src/ui/masked-name.tsx";
import { Rows } from "#src/ui/sheet.tsx";
import { type CaseGroup, groupedByCase } from "./case-groups.ts";
import "./case-records.css";

interface CaseRecordsProps {
  readonly records: readonly Placed[];
  readonly row: (placed: Placed) => ReactNode;
}

export function CaseRecords({ records, row }: CaseRecordsProps) {
  const { t } = useTexts();
  return groupedByCase(records).map((group) => (
    <div key={group.caseId ?? ""} className="sync-case">
      <CaseHead group={group} />
      <Rows label={group.code ?? t("sync.noCase")}>{group.records.map(row)}</Rows>
    </div>
  ));
}

function CaseHead({ group }: { readonly group: CaseGroup }) {
  const { t } = useTexts();
  const { caseId, code } = group;
  const name = useQuery(oneCase, caseId ?? "")?.person?.record.displayName;
  if (caseId === undefined) return <h3 className="sync-head">{t("sync.noCase")}</h3>;
  return (
    <h3 className="sync-head">
      <Link to={addressOf.case(caseId)} className="numeric">
        {code ?? t("case.waiting")}
      </Link>
      {name === undefined ? null : <span className="quiet">{maskName(name)}</span>}
    </h3>
  );
}
