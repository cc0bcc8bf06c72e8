// Buttons, states, messages and what holds them.
import { Plus, Save, Search, Trash2 } from "lucide-react";
import { type ReactNode, useState } from "react";
import { addDays } from "#src/domain/record/dates.ts";
import { riskLevels } from "#src/domain/records/code-lists.ts";
import { useLabels } from "#src/i18n/labels.ts";
import { usePlace } from "#src/i18n/place.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { Badge, DueMark, SyncMark, UrgentMark } from "#src/ui/badge.tsx";
import { Button } from "#src/ui/button.tsx";
import { Dialog } from "#src/ui/dialog.tsx";
import { Disclosure } from "#src/ui/disclosure.tsx";
import { EmptyState } from "#src/ui/empty-state.tsx";
import { LanguageChoice } from "#src/ui/language-choice.tsx";
import { MaskedName } from "#src/ui/masked-name.tsx";
import { Notice } from "#src/ui/notice.tsx";
import { ProgressBar } from "#src/ui/progress-bar.tsx";
import { RiskMark } from "#src/ui/risk-mark.tsx";
import { Row, Rows, Sheet } from "#src/ui/sheet.tsx";
import { useToast } from "#src/ui/toast.tsx";

const syncStates = ["local", "sent", "central", "refused"] as const;
const tones = ["info", "due", "urgent", "ok"] as const;

const toNowhere = (content: ReactNode, className: string) => (
  <a className={className} href="#rows">
    {content}
  </a>
);

export function StateParts() {
  const { t } = useTexts();
  const { fieldLabel, fieldHelp, recordTypeLabel, codeLabel } = useLabels();
  const { today } = usePlace();
  const say = useToast();
  const [open, setOpen] = useState(false);
  const sentence = fieldHelp("consent", "decision");
  return (
    <div className="stack-loose">
      <LanguageChoice />
      <Sheet title="Button">
        <div className="cluster">
          <Button variant="primary" icon={Save}>
            {t("ui.step.save")}
          </Button>
          <Button icon={Plus}>{recordTypeLabel("followup")}</Button>
          <Button variant="quiet">{t("ui.step.skip")}</Button>
          <Button variant="danger">{t("ui.step.stop")}</Button>
          <Button variant="primary" busy>
            {t("ui.step.save")}
          </Button>
          <Button disabled icon={Trash2}>
            {t("ui.step.back")}
          </Button>
        </div>
      </Sheet>
      <Sheet title="Badge">
        <div className="cluster">
          {syncStates.map((state) => (
            <SyncMark key={state} state={state} />
          ))}
          <DueMark date={addDays(today, 9)} state="calm" />
          <DueMark date={addDays(today, 1)} state="soon" />
          <DueMark date={addDays(today, -2)} state="overdue" />
          <UrgentMark>{t("code.urgentFlag.lifeInDanger")}</UrgentMark>
          <Badge tone="accent">{t("code.stage.reintegration")}</Badge>
          {riskLevels.codes.map((level) => (
            <RiskMark key={level} level={level} />
          ))}
        </div>
      </Sheet>
      <Sheet title="Notice">
        <div className="stack">
          {tones.map((tone) => (
            <Notice key={tone} tone={tone} actions={<Button>{t("ui.step.next")}</Button>}>
              {sentence}
            </Notice>
          ))}
        </div>
      </Sheet>
      <Sheet title="Rows" tone="due" aside={<Badge>3</Badge>}>
        <Rows label="Rows">
          {syncStates.map((state) => (
            <Row
              key={state}
              record={`example-${state}`}
              state={state}
              title={<MaskedName name="Đào Thị Hòa" />}
              detail={`HVG-26-7K3QXM-5 · ${codeLabel(riskLevels, "high")} · ${fieldLabel("case", "nextContactOn")}`}
              aside={<SyncMark state={state} />}
            />
          ))}
          <Row
            title="HVG-26-7K3QXM-5"
            detail={t("code.caseGroup.victim_or_being_identified")}
            link={toNowhere}
            aside={<UrgentMark>{t("code.urgentFlag.urgentMedical")}</UrgentMark>}
          />
        </Rows>
      </Sheet>
      <Sheet title="ProgressBar · Disclosure" tone="urgent">
        <ProgressBar label={t("ui.sync.sent")} done={1240} total={5000} />
        <ProgressBar label={t("ui.sync.sent")} done={1240} />
        <Disclosure summary={recordTypeLabel("consent")}>{sentence}</Disclosure>
        <Disclosure summary={recordTypeLabel("case")} open>
          {sentence}
        </Disclosure>
      </Sheet>
      <Sheet>
        <EmptyState
          icon={Search}
          title={t("ui.field.nothingFound")}
          action={<Button variant="primary">{t("ui.step.next")}</Button>}
        >
          {sentence}
        </EmptyState>
      </Sheet>
      <Sheet title="Dialog · Toast">
        <div className="cluster">
          <Button action="dialog" onClick={() => setOpen(true)}>
            Dialog
          </Button>
          <Button action="toast" onClick={() => say(t("ui.sync.local"), () => undefined)}>
            Toast
          </Button>
        </div>
      </Sheet>
      {open ? (
        <Dialog
          title={recordTypeLabel("voiding")}
          onClose={() => setOpen(false)}
          actions={
            <>
              <Button variant="primary" onClick={() => setOpen(false)}>
                {t("ui.step.save")}
              </Button>
              <Button onClick={() => setOpen(false)}>{t("ui.step.back")}</Button>
            </>
          }
        >
          {sentence}
        </Dialog>
      ) : null}
    </div>
  );
}
