// One record on its way, in one line: what it is, where it is, since when.
import { Check } from "lucide-react";
import type { ReactNode } from "react";
import { displayNameOf } from "#src/data/place-queries.ts";
import type { Placed } from "#src/data/sync-queries.ts";
import { useWork } from "#src/data/work.tsx";
import type { AnyRecord } from "#src/domain/record/define.ts";
import { isRecordType } from "#src/domain/records/index.ts";
import { useFormats } from "#src/i18n/format.ts";
import { useLabels } from "#src/i18n/labels.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { SyncMark } from "#src/ui/badge.tsx";
import { Row } from "#src/ui/sheet.tsx";

interface RecordRowProps {
  readonly placed: Placed;
  /** Where the heading says the state of all: here it takes no more than its shape. */
  readonly sameState?: boolean;
  readonly children?: ReactNode;
}

export function RecordRow({ placed, sameState = false, children }: RecordRowProps) {
  const { t } = useTexts();
  const { instant } = useFormats();
  const { recordTypeLabel } = useLabels();
  const { read } = useWork().profile.store;
  const { record, sync } = placed.entry;
  const written = t("sync.savedAt", { time: instant(record.updatedAt ?? record.createdAt) });
  // Once it has left, what matters is since when it is there.
  const time = sync.state === "sent" || sync.state === "central" ? instant(sync.at) : written;
  return (
    <Row
      record={record.id}
      state={sync.state}
      title={isRecordType(record.type) ? recordTypeLabel(record.type) : record.type}
      detail={
        sync.state === "local" && sync.inboxAt !== undefined ? (
          <p>
            {t("sync.inInbox", { who: displayNameOf(read, authorOf(record)), time: instant(sync.inboxAt) })}
          </p>
        ) : (
          children
        )
      }
      aside={
        <span className="sync-where">
          <span className="numeric quiet">{time}</span>
          {sameState ? (
            <>
              <Check aria-hidden className="icon" />
              <span className="visually-hidden">{t(`ui.sync.${sync.state}`)}</span>
            </>
          ) : (
            <SyncMark state={sync.state} />
          )}
        </span>
      }
    />
  );
}

const authorOf = ({ updatedBy, createdBy }: AnyRecord): string => updatedBy ?? createdBy;
