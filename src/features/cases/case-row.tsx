// One case in the list: who (masked), where it stands, what is due, and whether it is at the centre.
import { Check } from "lucide-react";
import { Link } from "react-router";
import { useWork } from "#src/data/work.tsx";
import type { CaseFile } from "#src/domain/case-file/case-file.ts";
import { yieldingOf } from "#src/domain/case-file/duplicates.ts";
import type { SyncState } from "#src/domain/ports/store.ts";
import { careStages, legalStatuses } from "#src/domain/records/code-lists.ts";
import { useLabels } from "#src/i18n/labels.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { addressOf } from "#src/ui/addresses.ts";
import { Badge, DueMark, SyncMark, UrgentMark } from "#src/ui/badge.tsx";
import { RiskMark } from "#src/ui/risk-mark.tsx";
import { Row } from "#src/ui/sheet.tsx";
import { CaseTitle } from "./case-title.tsx";
import { nextStepOf } from "./next-step.ts";
import { dueState } from "#src/ui/due-state.ts";

interface CaseRowProps {
  readonly file: CaseFile;
  readonly now: number;
  readonly selected: boolean;
  readonly changed: boolean;
  readonly nameShown: boolean;
  /** Query of the list's address, so that the way back leads to the same list. */
  readonly search: string;
}

export function CaseRow({ file, now, selected, changed, nameShown, search }: CaseRowProps) {
  const { t } = useTexts();
  const { codeLabel } = useLabels();
  const { read } = useWork().profile.store;
  const { id, code } = file.case;
  const { riskLevel } = file;
  const name = file.person?.record.displayName;
  const due = nextStepOf(read, file, now);
  return (
    <Row
      record={id}
      state={file.entry.sync.state}
      title={
        <Link
          className="row-link"
          to={{ pathname: addressOf.case(id), search }}
          aria-current={selected ? "true" : undefined}
        >
          <CaseTitle code={code} name={name} shown={nameShown} />
        </Link>
      }
      detail={
        <>
          {name === undefined ? null : <span className="numeric">{code} · </span>}
          {codeLabel(careStages, file.stage.at)}
          {file.status.at === "not_started"
            ? null
            : ` · ${codeLabel(legalStatuses, file.status.at, file.profile.id)}`}
        </>
      }
      aside={
        <span className="case-marks">
          {changed ? <Badge tone="accent">{t("cases.new")}</Badge> : null}
          {yieldingOf(file) ? <Badge>{t("cases.twin")}</Badge> : null}
          {file.openFlags.length > 0 ? <UrgentMark>{t("cases.urgent")}</UrgentMark> : null}
          {file.transfer.state === "accepted" ? <Badge>{t("cases.moving")}</Badge> : null}
          {riskLevel === undefined ? null : <RiskMark level={riskLevel} />}
          {due ? <DueMark date={due.dueOn} state={dueState(due.nearness)} /> : null}
          <WhereKept state={file.entry.sync.state} />
        </span>
      }
    />
  );
}

/** At the centre is how it should be: said quietly, so that what is not there yet stands out. */
function WhereKept({ state }: { readonly state: SyncState["state"] }) {
  const { t } = useTexts();
  if (state !== "central") return <SyncMark state={state} />;
  return (
    <span className="case-kept">
      <Check aria-hidden className="icon" />
      <span>{t("ui.sync.central")}</span>
    </span>
  );
}
