// Long work, counted: how much is done, of how much, and in words.
import { useFormats } from "#src/i18n/format.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import "./progress-bar.css";

interface ProgressBarProps {
  /** What is being done. */
  readonly label: string;
  readonly done: number;
  /** Unknown at the start of a first exchange: then only the count is shown. */
  readonly total?: number | undefined;
}

export function ProgressBar({ label, done, total }: ProgressBarProps) {
  const { t } = useTexts();
  const { number } = useFormats();
  const known = total !== undefined && total > 0;
  const counts = known
    ? t("ui.progress.of", { done: number(done), total: number(total) })
    : t("ui.progress.done", { done: number(done) });
  return (
    <div className="progress">
      <div className="progress-words">
        <span>{label}</span>
        <span className="progress-count">{counts}</span>
      </div>
      <progress className="progress-bar" aria-label={label} {...(known ? { value: done, max: total } : {})} />
    </div>
  );
}
