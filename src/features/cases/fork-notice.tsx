// Two steps on one axis that do not follow each other: both in plain words, and who decides which holds (D11).
import { displayNameOf } from "#src/data/place-queries.ts";
import { useCommand } from "#src/data/use-command.ts";
import { useWork } from "#src/data/work.tsx";
import type { CaseFile } from "#src/domain/case-file/case-file.ts";
import { type Fork, forksOf } from "#src/domain/case-file/forks.ts";
import { decideFork } from "#src/domain/commands/decide-fork.ts";
import { mayVoid } from "#src/domain/commands/void-record.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { Button } from "#src/ui/button.tsx";
import { Notice } from "#src/ui/notice.tsx";
import { useToast } from "#src/ui/toast.tsx";
import { useRivalWords } from "#src/ui/use-rival-words.ts";
import { DecisionForm } from "./decision-form.tsx";
import type { CaseAccess } from "./use-case-access.ts";
import { useDeciding } from "./use-deciding.ts";

interface ForkNoticesProps {
  readonly file: CaseFile;
  readonly access: CaseAccess;
}

export function ForkNotices({ file, access }: ForkNoticesProps) {
  return forksOf(file).map((fork) => (
    <ForkCard key={fork.steps.map(({ id }) => id).join(" ")} file={file} fork={fork} access={access} />
  ));
}

function ForkCard({ file, fork, access }: ForkNoticesProps & { readonly fork: Fork }) {
  const { t } = useTexts();
  const { store, device } = useWork().profile;
  const { read } = store;
  const { stepsOf } = useRivalWords({ read, nameOf: displayNameOf }, { me: access.me, device });
  const decide = useCommand(decideFork);
  const say = useToast();
  const { deciding, begin, putOff, opener } = useDeciding();
  const told = stepsOf(file, fork);
  const otherThan = (id: string) => fork.steps.find((step) => step.id !== id);
  const open = told.filter(({ step }) => {
    const other = otherThan(step.id);
    return other && access.mayWrite && mayVoid(other, access.me, access.held);
  });
  return (
    <Notice
      tone="due"
      title={t("case.fork.title", { axis: t(`case.axis.${fork.axis === "status" ? "legal" : "care"}`) })}
      actions={
        open.length > 0 && !deciding ? (
          <Button ref={opener} action="decide" onClick={begin}>
            {t("case.clash.decide")}
          </Button>
        ) : undefined
      }
    >
      <ul className="clash">
        {told.map(({ step, words, who, when }) => (
          <li key={step.id}>{t("case.clash.wrote", { who, words, when })}</li>
        ))}
      </ul>
      <p>{t("case.fork.what")}</p>
      {access.mayWrite && open.length < told.length ? <p>{t("case.fork.whose")}</p> : null}
      {deciding ? (
        <DecisionForm
          name={`fork.${fork.axis}`}
          question={t("case.fork.which")}
          options={open.map(({ step, words, who }) => ({ value: step.id, label: `${words} – ${who}` }))}
          reasons={[t("case.clash.reason.asked"), t("case.fork.reason.newer"), t("case.fork.reason.slip")]}
          choose={t("case.fork.choose")}
          onLater={putOff}
          decide={async (holds, reason) => {
            const against = otherThan(holds)?.id ?? "";
            const done = await decide({ caseId: file.case.id, holds, against, reason });
            if (!done.ok) return t(`error.${done.error.type}`);
            say(t("case.fork.decided"));
            return undefined;
          }}
        />
      ) : null}
    </Notice>
  );
}
