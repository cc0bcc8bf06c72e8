// One line of the story: a record as it was written, or a change made to one later.
import { Link } from "react-router";
import { isByOthers } from "#src/data/case-seen.ts";
import { displayNameOf, heldName } from "#src/data/place-queries.ts";
import { useWork } from "#src/data/work.tsx";
import type { CaseFile } from "#src/domain/case-file/case-file.ts";
import { mayBeVoided as isVoidable } from "#src/domain/commands/void-record.ts";
import { isRecordType } from "#src/domain/records/index.ts";
import { useFormats } from "#src/i18n/format.ts";
import { useLabels } from "#src/i18n/labels.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { addressOf, paths } from "#src/ui/addresses.ts";
import { Badge, SyncMark } from "#src/ui/badge.tsx";
import { buttonClass } from "#src/ui/button.tsx";
import { Disclosure } from "#src/ui/disclosure.tsx";
import { Notice } from "#src/ui/notice.tsx";
import { RefusalMend, useRefusalText } from "#src/ui/refusal.tsx";
import { RecordFacts } from "#src/ui/record-facts.tsx";
import type { EditItem, RecordItem, TimelineItem } from "./timeline.ts";
import { useChangeWords } from "#src/ui/use-change-words.ts";
import type { CaseAccess } from "./use-case-access.ts";
import { useRecordWords } from "./use-record-words.ts";

interface TimelineRowProps<I extends TimelineItem = TimelineItem> {
  readonly item: I;
  readonly file: CaseFile;
  readonly access: CaseAccess;
  /** The arrival after which the work of others is new. */
  readonly seen: string;
}

export function TimelineRow({ item, ...rest }: TimelineRowProps) {
  return item.kind === "edit" ? <EditRow item={item} {...rest} /> : <RecordRow item={item} {...rest} />;
}

function RecordRow({ item, file, access, seen }: TimelineRowProps<RecordItem>) {
  const { t, locale } = useTexts();
  const { entry, voiding, corrected } = item;
  const { record, sync } = entry;
  const { read } = useWork().profile.store;
  const { title, text } = useRecordWords(file)(record);
  const refusalText = useRefusalText();
  const setAside = voiding !== undefined || corrected;
  return (
    <li className={setAside ? "told told-void" : "told"} data-record={record.id} data-state={sync.state}>
      <p className="told-title">{title}</p>
      {text ? <p className="told-text">{text}</p> : null}
      {voiding ? (
        <p>
          {t("case.told.voided", { who: displayNameOf(read, voiding.createdBy), reason: voiding.reason })}
        </p>
      ) : null}
      {corrected ? <p>{t("case.told.corrected")}</p> : null}
      <Meta item={item} isNew={isByOthers(entry, access.me) && entry.arrivedAt > seen} />
      {sync.state === "refused" ? (
        <Notice
          tone="due"
          title={refusalText(sync.refusal, record.type)}
          actions={
            <Link className={buttonClass()} to={paths.sync}>
              {t("case.refused.mend")}
            </Link>
          }
        >
          <RefusalMend refusal={sync.refusal} />
        </Notice>
      ) : null}
      {record.type === "person" ? null : (
        <Disclosure summary={t("case.told.more")}>
          <RecordFacts record={record} nameOf={(held, kind) => heldName(read, held, kind, locale)} />
          {mayBeVoided(item, access) ? (
            <Link
              className={buttonClass("quiet")}
              to={addressOf.caseForm(file.case.id, "void", record.id)}
              data-action="void"
            >
              {t(record.type === "voiding" ? "case.do.restore" : "case.do.void")}
            </Link>
          ) : null}
        </Disclosure>
      )}
    </li>
  );
}

/** Only its author or a supervisor may, and only what belongs to a case (D10). */
function mayBeVoided({ entry, voiding }: RecordItem, { me, held, mayWrite }: CaseAccess): boolean {
  const { type, createdBy } = entry.record;
  if (!mayWrite || voiding || entry.newer || !isVoidable(type)) return false;
  return createdBy === me || held.has("supervisor");
}

function EditRow({ item }: TimelineRowProps<EditItem>) {
  const { t } = useTexts();
  const { recordTypeLabel } = useLabels();
  const { read } = useWork().profile.store;
  const wordsOf = useChangeWords({ read, nameOf: displayNameOf });
  const { record } = item.entry;
  const changes = item.changes.flatMap((change) => wordsOf(record.type, change));
  const reasons = item.changes.flatMap(({ reason }) => (reason === undefined ? [] : [reason]));
  if (changes.length === 0) return null;
  return (
    <li className="told told-edit" data-record={record.id}>
      <p className="told-title">
        {t("case.told.edited", { record: isRecordType(record.type) ? recordTypeLabel(record.type) : "" })}
      </p>
      <ul>
        {changes.map(({ path, label, from, to }) => (
          <li key={`${path} ${from} ${to}`} className="told-change">
            {label}:{" "}
            {from === "" ? null : (
              <>
                <del>{from}</del> →{" "}
              </>
            )}
            <ins>{to === "" ? t("case.change.emptied") : to}</ins>
          </li>
        ))}
      </ul>
      {reasons.map((reason) => (
        <p key={reason}>{t("case.told.because", { reason })}</p>
      ))}
      <Meta item={item} isNew={false} />
    </li>
  );
}

function Meta({ item, isNew }: { readonly item: TimelineItem; readonly isNew: boolean }) {
  const { t } = useTexts();
  const { instant } = useFormats();
  const { read } = useWork().profile.store;
  const { state } = item.entry.sync;
  const { relayedBy } = item.entry.record;
  return (
    <p className="told-meta">
      {isNew ? <Badge tone="accent">{t("cases.new")}</Badge> : null}
      <time dateTime={item.at} className="numeric">
        {instant(item.at)}
      </time>
      <span>{displayNameOf(read, item.by)}</span>
      {relayedBy === undefined || item.kind === "edit" ? null : (
        <span>{t("case.told.broughtIn", { who: displayNameOf(read, relayedBy) })}</span>
      )}
      {state === "central" ? <span>{t("ui.sync.central")}</span> : <SyncMark state={state} />}
    </p>
  );
}
