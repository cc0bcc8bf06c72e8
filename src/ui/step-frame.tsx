// One question group per screen: where one is, the questions, and the ways back, on, past and out.
import { ArrowLeft, ArrowRight, OctagonX } from "lucide-react";
import { type MouseEvent, type ReactNode, useLayoutEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { useTexts } from "#src/i18n/use-texts.ts";
import { Button } from "./button.tsx";
import { Judged, wrongControl } from "./fields/not-understood.ts";
import "./step-frame.css";

interface StepFrameProps {
  /** Name of the form: "Tiếp nhận". */
  readonly title: string;
  /** Heading of this group of questions. */
  readonly heading: string;
  readonly step: number;
  readonly steps: number;
  /** Absent on the first step. */
  readonly onBack?: (() => void) | undefined;
  readonly onNext: () => void;
  /** Names of inputs in which something stands that would not be kept: Next halts at the first. */
  readonly unread?: readonly string[];
  /** Absent where the step cannot be skipped. */
  readonly onSkip?: (() => void) | undefined;
  /** Saves and shows whom to call. */
  readonly onStop?: (() => void) | undefined;
  /** Instead of "next": the last step saves. */
  readonly last?: boolean;
  readonly busy?: boolean;
  /** "Saved on this phone at 16:42" and the like. */
  readonly saved?: ReactNode;
  readonly children: ReactNode;
}

export function StepFrame(props: StepFrameProps) {
  const { title, heading, step, steps, onBack, onNext, onSkip, onStop, last, busy = false, saved } = props;
  const { unread = [] } = props;
  const { t } = useTexts();
  const where = t("ui.step.of", { step, steps });
  const headed = useRef<HTMLHeadingElement>(null);
  const shown = useRef(heading);
  useLayoutEffect(() => {
    // A new group of questions is read from its heading, by eye from the top and by a screen reader. Before it is
    // painted: a moment later somebody may already be typing, and the letters would go nowhere.
    if (shown.current !== heading) headed.current?.focus();
    shown.current = heading;
  }, [heading]);
  const [judgedAt, setJudgedAt] = useState<string>();
  // Once all is understood, what is typed next is half an answer again and no mistake.
  if (judgedAt !== undefined && (judgedAt !== heading || unread.length === 0)) setJudgedAt(undefined);
  const pressedOn = useRef(step);
  /** The second half of a double tap does not count on a step that came with the first: nobody has read it yet. */
  function ignoreReflex(event: MouseEvent): void {
    if (event.detail <= 1) pressedOn.current = step;
    if (pressedOn.current === step) return;
    event.preventDefault();
    event.stopPropagation();
  }
  return (
    <form
      className="step"
      noValidate
      autoComplete="off"
      onClickCapture={ignoreReflex}
      onSubmit={(event) => {
        event.preventDefault();
        const [wrong] = unread;
        if (wrong === undefined) return onNext();
        // What is wrong is marked first, so that it can be led to.
        flushSync(() => setJudgedAt(heading));
        wrongControl(event.currentTarget, wrong)?.focus();
      }}
    >
      <header className="step-top">
        <div className="step-where">
          <span className="step-form">{title}</span>
          <span className="step-count">{where}</span>
        </div>
        {onStop ? (
          <Button variant="danger" icon={OctagonX} action="stop" onClick={onStop}>
            {t("ui.step.stop")}
          </Button>
        ) : null}
        <div
          className="step-ticks"
          role="progressbar"
          aria-label={title}
          aria-valuenow={step}
          aria-valuemin={1}
          aria-valuemax={steps}
          aria-valuetext={where}
        >
          {Array.from({ length: steps }, (_, index) => (
            <i key={index} className={index < step ? "step-tick step-tick-on" : "step-tick"} />
          ))}
        </div>
      </header>
      <div className="step-body">
        <h1 className="step-heading" tabIndex={-1} ref={headed}>
          {heading}
        </h1>
        <Judged value={judgedAt === heading}>{props.children}</Judged>
        {saved ? <div className="step-saved">{saved}</div> : null}
      </div>
      <footer className="step-foot">
        {onBack ? (
          <Button icon={ArrowLeft} action="back" onClick={onBack}>
            {t("ui.step.back")}
          </Button>
        ) : null}
        {onSkip ? (
          <Button variant="quiet" action="skip" onClick={onSkip}>
            {t("ui.step.skip")}
          </Button>
        ) : null}
        <Button
          variant="primary"
          type="submit"
          action={last ? "save" : "next"}
          busy={busy}
          {...(last ? {} : { icon: ArrowRight })}
        >
          {last ? t("ui.step.save") : t("ui.step.next")}
        </Button>
      </footer>
    </form>
  );
}
