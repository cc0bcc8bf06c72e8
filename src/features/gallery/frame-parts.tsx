// A form's step and the app's frame with list and detail, each as a whole screen.
import {
  CalendarCheck2,
  CloudUpload,
  EyeOff,
  FolderOpen,
  Lock,
  MoreHorizontal,
  UserPlus,
} from "lucide-react";
import { type ReactNode, useState } from "react";
import type { FormValues } from "#src/domain/record/clean.ts";
import { useLabels } from "#src/i18n/labels.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { AppFrame, type NavigationEntry } from "#src/ui/app-frame.tsx";
import { DueMark, SyncMark, UrgentMark } from "#src/ui/badge.tsx";
import { Button } from "#src/ui/button.tsx";
import { Facts } from "#src/ui/facts.tsx";
import { withAnswer } from "#src/domain/record/answer.ts";
import { RecordField } from "#src/ui/fields/record-field.tsx";
import { MaskedName } from "#src/ui/masked-name.tsx";
import { MasterDetail } from "#src/ui/master-detail.tsx";
import { Notice } from "#src/ui/notice.tsx";
import { PageHeader } from "#src/ui/page-header.tsx";
import { RiskMark } from "#src/ui/risk-mark.tsx";
import { Row, Rows, Sheet } from "#src/ui/sheet.tsx";
import { StepFrame } from "#src/ui/step-frame.tsx";

export function FrameParts() {
  return (
    <>
      <div className="gallery-screen" id="step">
        <Step />
      </div>
      <div className="gallery-screen" id="frame">
        <Frame />
      </div>
    </>
  );
}

function Step() {
  const { t } = useTexts();
  const { recordTypeLabel } = useLabels();
  const [values, setValues] = useState<FormValues>({ sex: "female" });
  const [step, setStep] = useState(4);
  const field = {
    values,
    onAnswer: (path: string, answer: Parameters<typeof withAnswer>[2]) =>
      setValues((current) => withAnswer(current, path, answer)),
  };
  return (
    <StepFrame
      title={recordTypeLabel("case")}
      heading={recordTypeLabel("person")}
      step={step}
      steps={12}
      onBack={() => setStep(step - 1)}
      onSkip={() => setStep(step + 1)}
      onNext={() => setStep(step + 1)}
      onStop={() => undefined}
      saved={t("ui.sync.local")}
    >
      <RecordField section="person" path="displayName" size="question" {...field} />
      <RecordField section="person" path="sex" size="question" {...field} />
    </StepFrame>
  );
}

const people = [
  { name: "Đào Thị Hòa", code: "HVG-26-7K3QXM-5", due: "2026-11-20", state: "overdue", sync: "local" },
  { name: "Nguyễn Văn Bình", code: "HVG-26-0PXW2A-K", due: "2026-11-24", state: "soon", sync: "sent" },
  { name: "Siti", code: "HVG-26-9Q8RTB-2", due: "2026-12-06", state: "calm", sync: "central" },
] as const;

function Frame() {
  const { t } = useTexts();
  const { recordTypeLabel, fieldLabel } = useLabels();
  const link = (current: boolean) => (content: ReactNode, className: string) => (
    <a className={className} href="#frame" aria-current={current ? "page" : undefined}>
      {content}
    </a>
  );
  const navigation: readonly NavigationEntry[] = [
    { id: "today", label: t("ui.date.today"), icon: CalendarCheck2, link: link(true) },
    { id: "cases", label: recordTypeLabel("case"), icon: FolderOpen, link: link(false) },
    { id: "receive", label: t("code.need.other"), icon: UserPlus, prominent: true, link: link(false) },
    { id: "sync", label: t("ui.sync.local"), icon: CloudUpload, count: 3, link: link(false) },
    { id: "more", label: t("ui.language"), icon: MoreHorizontal, link: link(false) },
  ];
  return (
    <AppFrame
      name={t("ui.navigation")}
      navigation={navigation}
      status={
        <>
          <Button variant="quiet" icon={EyeOff} action="cover">
            {t("ui.name.hide")}
          </Button>
          <Button variant="quiet" icon={Lock} action="lock">
            {t("ui.close")}
          </Button>
        </>
      }
    >
      <MasterDetail
        list={
          <div className="page stack">
            <PageHeader title={t("ui.date.today")} detail={recordTypeLabel("followup")} />
            <Sheet title={t("ui.tone.urgent")} tone="urgent">
              <Rows label={t("ui.tone.urgent")}>
                <Row
                  title={people[0].code}
                  detail={t("code.urgentFlag.noShelterTonight")}
                  link={link(false)}
                  aside={<UrgentMark>{t("code.need.safe_place")}</UrgentMark>}
                />
              </Rows>
            </Sheet>
            <Sheet title={recordTypeLabel("followup")}>
              <Rows label={recordTypeLabel("followup")}>
                {people.map((person) => (
                  <Row
                    key={person.code}
                    record={person.code}
                    state={person.sync}
                    title={person.code}
                    detail={fieldLabel("case", "nextContactOn")}
                    link={link(false)}
                    aside={<DueMark date={person.due} state={person.state} />}
                  />
                ))}
              </Rows>
            </Sheet>
          </div>
        }
        detail={
          <div className="page stack">
            <PageHeader
              title={people[0].code}
              detail={
                <>
                  <RiskMark level="high" />
                  <SyncMark state="local" />
                </>
              }
              actions={<Button variant="primary">{recordTypeLabel("followup")}</Button>}
            />
            <Notice tone="due" title={t("clock.vn.notify")}>
              <DueMark date="2026-11-21" state="overdue" />
            </Notice>
            <Sheet title={recordTypeLabel("person")} aside={<MaskedName name={people[0].name} />}>
              <Facts
                section="person"
                paths={[
                  "sex",
                  "birthDate",
                  "language",
                  "homeArea.province",
                  "safeContact.way",
                  "safeContact.neverDo",
                ]}
                values={{
                  sex: "female",
                  birthDate: "2004-05",
                  language: "hmn",
                  homeArea: { province: "vn-gso-11" },
                  unanswered: { "safeContact.way": "later" },
                }}
              />
            </Sheet>
          </div>
        }
      />
    </AppFrame>
  );
}
