// Somebody changed the same answers while this form was open: shows both and lets the person decide.
import type { AnyRecord } from "#src/domain/record/define.ts";
import { displayNameOf } from "#src/data/place-queries.ts";
import { useWork } from "#src/data/work.tsx";
import { useLabels } from "#src/i18n/labels.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { Button } from "#src/ui/button.tsx";
import { answerAt } from "#src/domain/record/answer.ts";
import { knownField } from "#src/ui/fields/field-at.ts";
import { useValueText } from "#src/ui/fields/use-value-text.ts";
import { Notice } from "#src/ui/notice.tsx";
import type { OpenMeeting } from "./use-meeting.ts";

interface MeetingNoticeProps {
  readonly meeting: OpenMeeting;
  readonly section: string;
  readonly record: AnyRecord | undefined;
}

export function MeetingNotice({ meeting, section, record }: MeetingNoticeProps) {
  const { t } = useTexts();
  const { fieldLabelAt } = useLabels();
  const { answerText } = useValueText();
  const { read } = useWork().profile.store;
  const who = record ? displayNameOf(read, record.updatedBy ?? record.createdBy) : "";
  return meeting.contested.map((grain) => (
    <Notice
      key={grain.name}
      tone="due"
      announce
      title={t("form.meanwhile", { who })}
      actions={
        <>
          <Button action="keep-mine" onClick={() => meeting.keepMine(grain)}>
            {t("form.keepMine")}
          </Button>
          <Button action="take-theirs" onClick={() => meeting.takeTheirs(grain)}>
            {t("form.takeTheirs")}
          </Button>
        </>
      }
    >
      <ul>
        {grain.paths.map((path) => {
          const field = knownField(`${section}.${path}`);
          if (!field) return null;
          return (
            <li key={path}>
              {fieldLabelAt(section, path)}: {answerText(field, answerAt(meeting.theirs, path))}
            </li>
          );
        })}
      </ul>
    </Notice>
  ));
}
