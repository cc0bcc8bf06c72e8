// One case in a table: who (masked), where, how far, how great the risk, what is due, when it last changed, whose it is.
import { Link } from "react-router";
import { displayNameOf } from "#src/data/place-queries.ts";
import { useWork } from "#src/data/work.tsx";
import type { CaseFile } from "#src/domain/case-file/case-file.ts";
import { yieldingOf } from "#src/domain/case-file/duplicates.ts";
import { localDate } from "#src/domain/record/dates.ts";
import { careStages, legalStatuses } from "#src/domain/records/code-lists.ts";
import { useFormats } from "#src/i18n/format.ts";
import { useLabels } from "#src/i18n/labels.ts";
import { usePlace } from "#src/i18n/place.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { addressOf } from "#src/ui/addresses.ts";
import { Badge, DueMark, SyncMark, UrgentMark } from "#src/ui/badge.tsx";
import { RiskMark } from "#src/ui/risk-mark.tsx";
import { CaseTitle } from "./case-title.tsx";
import { lastChangeOf, nextStepOf } from "./next-step.ts";
import { dueState } from "#src/ui/due-state.ts";

interface CaseTableRowProps {
  readonly file: CaseFile;
  readonly now: number;
  readonly changed: boolean;
  readonly nameShown: boolean;
  readonly search: string;
}

export function CaseTableRow({ file, now, changed, nameShown, search }: CaseTableRowProps) {
  const { t, locale } = useTexts();
  const { codeLabel } = useLabels();
  const { date, relativeDay } = useFormats();
  const { timeZone } = usePlace();
  const { read } = useWork().profile.store;
  const { id, code } = file.case;
  const { owner } = file;
  const name = file.person?.record.displayName;
  const step = nextStepOf(read, file, now);
  const { state } = file.entry.sync;
  const changedOn = localDate(lastChangeOf(file), timeZone);
  return (
    <tr data-record={id} data-state={state}>
      <th scope="row" className="case-cell-who">
        <Link className="row-link" to={{ pathname: addressOf.case(id), search }}>
          <CaseTitle code={code} name={name} shown={nameShown} />
        </Link>
        {name === undefined ? null : <span className="quiet numeric">{code}</span>}
        <span className="case-marks">
          {changed ? <Badge tone="accent">{t("cases.new")}</Badge> : null}
          {yieldingOf(file) ? <Badge>{t("cases.twin")}</Badge> : null}
          {file.openFlags.length > 0 ? <UrgentMark>{t("cases.urgent")}</UrgentMark> : null}
          {/* At the centre is how it should be: only what is not there yet stands out. */}
          {state === "central" ? null : <SyncMark state={state} />}
        </span>
      </th>
      <td>{file.site?.names[locale] ?? file.siteId}</td>
      <td>{codeLabel(careStages, file.stage.at)}</td>
      <td>{codeLabel(legalStatuses, file.status.at, file.profile.id)}</td>
      <td>
        {file.riskLevel === undefined ? (
          <span className="quiet">{t("cases.filter.noRisk")}</span>
        ) : (
          <RiskMark level={file.riskLevel} />
        )}
      </td>
      <td className="numeric">
        {step ? (
          <>
            {date(step.dueOn)} <DueMark date={step.dueOn} state={dueState(step.nearness)} />
          </>
        ) : null}
      </td>
      <td className="numeric" title={date(changedOn)}>
        {relativeDay(changedOn)}
      </td>
      <td className={owner === undefined ? "quiet" : undefined}>
        {owner === undefined ? t("case.owner.nobody") : displayNameOf(read, owner)}
      </td>
    </tr>
  );
}
