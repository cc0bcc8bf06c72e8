// One record and where it is: on this device, sent, at the centre since when.
import type { ReactNode } from "react";
import { Link } from "react-router";
import type { Placed } from "#src/data/sync-queries.ts";
import { isRecordType } from "#src/domain/records/index.ts";
import { useFormats } from "#src/i18n/format.ts";
import { useLabels } from "#src/i18n/labels.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { addressOf } from "#src/ui/addresses.ts";
import { SyncMark } from "#src/ui/badge.tsx";
import { Row } from "#src/ui/sheet.tsx";

export function RecordRow({ placed, children }: { readonly placed: Placed; readonly children?: ReactNode }) {
  const { t } = useTexts();
  const { instant } = useFormats();
  const { recordTypeLabel } = useLabels();
  const { entry, caseId, code } = placed;
  const { record, sync } = entry;
  const title = isRecordType(record.type) ? recordTypeLabel(record.type) : record.type;
  const at = sync.state === "sent" || sync.state === "central" ? instant(sync.at) : undefined;
  return (
    <Row
      record={record.id}
      state={sync.state}
      title={title}
      {...(caseId === undefined
        ? {}
        : {
            link: (content: ReactNode, className: string) => (
              <Link className={className} to={addressOf.case(caseId)}>
                {content}
              </Link>
            ),
          })}
      detail={
        <>
          <span className="cluster">
            {code === undefined ? null : <span className="numeric">{code}</span>}
            <span className="quiet">
              {t("sync.savedAt", { time: instant(record.updatedAt ?? record.createdAt) })}
            </span>
          </span>
          {children}
        </>
      }
      aside={
        <span className="cluster">
          <SyncMark state={sync.state} />
          {at === undefined ? null : <span className="numeric quiet">{at}</span>}
        </span>
      }
    />
  );
}
