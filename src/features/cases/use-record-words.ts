// One record of a timeline in one line: what happened, in words.
import { useMemo } from "react";
import { nameOfSite } from "#src/data/place-queries.ts";
import { useWork } from "#src/data/work.tsx";
import type { CaseFile } from "#src/domain/case-file/case-file.ts";
import { flagsRaisedBy } from "#src/domain/case-file/open-flags.ts";
import { answeredBy, openQuestionsOf } from "#src/domain/case-file/open-questions.ts";
import type { AnyRecord } from "#src/domain/record/define.ts";
import {
  careStages,
  legalStatuses,
  needs,
  organisationKinds,
  type UrgentFlag,
  urgentFlagCodes,
  urgentFlags,
} from "#src/domain/records/code-lists.ts";
import { consent } from "#src/domain/records/consent.ts";
import { followup } from "#src/domain/records/followup.ts";
import { isRecordType, type SomeRecord } from "#src/domain/records/index.ts";
import { planItem } from "#src/domain/records/plan-item.ts";
import { useFormats } from "#src/i18n/format.ts";
import { useLabels } from "#src/i18n/labels.ts";
import { useTexts } from "#src/i18n/use-texts.ts";

export interface RecordWords {
  readonly title: string;
  /** What somebody wrote in their own words, or what more there is to say. */
  readonly text?: string | undefined;
}

const isKnown = (record: AnyRecord): record is SomeRecord => isRecordType(record.type);

export function useRecordWords(file: CaseFile): (record: AnyRecord) => RecordWords {
  const { t, locale } = useTexts();
  const { read } = useWork().profile.store;
  const { codeLabel, recordTypeLabel } = useLabels();
  const { date, instant, list } = useFormats();
  return useMemo(() => {
    const titleOf = (record: AnyRecord | undefined): string =>
      record && isRecordType(record.type) ? recordTypeLabel(record.type) : t("case.told.record");
    const siteName = (siteId: string): string => nameOfSite(read, siteId, locale);
    const join = (...parts: readonly (string | undefined)[]) => parts.filter(Boolean).join(" · ");
    return (record) => {
      if (!isKnown(record)) return { title: record.type };
      switch (record.type) {
        case "case":
          return {
            title: t("case.told.opened"),
            text: record.channel === undefined ? undefined : codeLabel(organisationKinds, record.channel),
          };
        case "person":
          return { title: t("case.told.person") };
        case "note":
          return { title: titleOf(record), text: record.text };
        case "stage_event":
          return {
            title: t("case.told.stage", { to: codeLabel(careStages, record.to) }),
            text: join(t("case.told.since", { date: date(record.effectiveOn) }), record.reason),
          };
        case "status_event":
          return {
            title: t("case.told.status", { to: codeLabel(legalStatuses, record.to, file.profile.id) }),
            text: join(
              t("case.told.since", { date: date(record.effectiveOn) }),
              record.responsibleBody,
              record.documentNumber,
              record.reason,
            ),
          };
        case "consent":
          return {
            title: t("case.told.consent", {
              decision: codeLabel(consent.fields.decision.list, record.decision),
            }),
            text: join(codeLabel(consent.fields.purpose.list, record.purpose), record.limits),
          };
        case "urgent_check": {
          const flags = flagsRaisedBy(record);
          const answered = answeredBy(record);
          const before = file.urgentChecks.filter(({ createdAt }) => createdAt < record.createdAt);
          const open = openQuestionsOf([...before, record]).map(({ question }) => question);
          const declined = urgentFlags.filter((flag) => record.unanswered?.[flag] === "declined");
          const named = (questions: readonly UrgentFlag[]) =>
            list(questions.map((flag) => codeLabel(urgentFlagCodes, flag)));
          // That there are no signs is said only where all eight were asked, and answered with no.
          const calm = answered === urgentFlags.length ? t("case.told.checkCalm") : undefined;
          return {
            title:
              flags.length > 0
                ? t("case.told.check", { flags: named(flags) })
                : (calm ?? t("case.told.checkNo", { count: answered })),
            text: join(
              open.length === 0 ? "" : t("case.told.checkOpen", { questions: named(open) }),
              declined.length === 0 ? "" : t("case.told.checkDeclined", { questions: named(declined) }),
            ),
          };
        }
        case "urgent_action":
          return {
            title: t("case.told.action", { flag: codeLabel(urgentFlagCodes, record.flag) }),
            text: join(
              record.action,
              record.toldWhom === undefined ? "" : t("case.told.whom", { whom: record.toldWhom }),
              t("case.told.at", { time: instant(record.doneAt) }),
            ),
          };
        case "plan_item":
          return {
            title: t("case.told.need", { need: codeLabel(needs, record.need) }),
            text: join(codeLabel(planItem.fields.status.list, record.status), record.inOwnWords),
          };
        case "followup": {
          const { outcome, mode } = followup.fields;
          return {
            title: t("case.told.visit", { outcome: codeLabel(outcome.list, record.outcome) }),
            text: join(
              list(flagsRaisedBy(record).map((flag) => codeLabel(urgentFlagCodes, flag))),
              record.mode === undefined ? "" : codeLabel(mode.list, record.mode),
              date(record.doneOn),
              record.note,
            ),
          };
        }
        case "duplicate": {
          const other = read.get("case", record.other)?.record.code ?? t("case.twin.notHere");
          return {
            title: t(record.same ? "case.told.same" : "case.told.notSame", { code: other }),
            text: record.reason,
          };
        }
        case "transfer":
          return {
            title:
              record.toSite === file.siteId
                ? t("case.told.transferFrom", { site: siteName(record.fromSite) })
                : t("case.told.transfer", { site: siteName(record.toSite) }),
            text: join(record.reason, record.dangerReason),
          };
        case "transfer_answer":
          return {
            title: t(`case.told.transfer.${record.answer}`, { site: siteName(record.bySite) }),
            text: record.reason,
          };
        case "moved_case":
          return { title: t("case.told.moved", { site: siteName(record.toSite) }) };
        case "voiding": {
          const target = file.entries.find((entry) => entry.record.id === record.target)?.record;
          if (target && isKnown(target) && target.type === "voiding") {
            const restored = file.entries.find((entry) => entry.record.id === target.target)?.record;
            return { title: t("case.told.restored", { record: titleOf(restored) }), text: record.reason };
          }
          return { title: t("case.told.voiding", { record: titleOf(target) }), text: record.reason };
        }
        default:
          return { title: titleOf(record) };
      }
    };
  }, [t, locale, read, codeLabel, recordTypeLabel, date, instant, list, file]);
}
