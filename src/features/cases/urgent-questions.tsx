// Urgent questions that nobody has answered yet: which ones, and the way to ask them now.
import { Link } from "react-router";
import { isClosed } from "#src/domain/case-file/closed.ts";
import type { CaseFile } from "#src/domain/case-file/case-file.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { addressOf } from "#src/ui/addresses.ts";
import { buttonClass } from "#src/ui/button.tsx";
import { Notice } from "#src/ui/notice.tsx";
import { OpenQuestions } from "#src/ui/open-questions.tsx";

interface UrgentQuestionsProps {
  readonly file: CaseFile;
  readonly mayWrite: boolean;
  /** It is the next thing to do: the biggest button of the page. */
  readonly first: boolean;
}

export function UrgentQuestions({ file, mayWrite, first }: UrgentQuestionsProps) {
  const { t } = useTexts();
  const { openQuestions: questions } = file;
  if (questions.length === 0 || isClosed(file)) return null;
  return (
    <Notice
      tone="due"
      title={t("urgent.open.title", { count: questions.length })}
      actions={
        mayWrite ? (
          <Link
            className={buttonClass(first ? "primary" : "secondary", first)}
            to={addressOf.caseForm(file.case.id, "urgent")}
            data-action="urgent"
          >
            {t("case.next.urgent")}
          </Link>
        ) : undefined
      }
    >
      <div className="stack">
        <OpenQuestions questions={questions} />
        <p>{t("urgent.open.why")}</p>
      </div>
    </Notice>
  );
}
