// Where a case stands, as a way walked from top to bottom; its words say the same as its marks.
import { Check, Circle, CircleDot } from "lucide-react";
import { useFormats } from "#src/i18n/format.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import type { PathStep } from "./path-steps.ts";
import "./path-picture.css";

interface PathPictureProps {
  readonly title: string;
  readonly steps: readonly PathStep[];
  readonly label: (code: string) => string;
}

const icons = { done: Check, now: CircleDot, ahead: Circle } as const;

export function PathPicture({ title, steps, label }: PathPictureProps) {
  const { t } = useTexts();
  const { date } = useFormats();
  return (
    <div className="path">
      <h3 className="path-title">{title}</h3>
      <ol className="path-steps" aria-label={title}>
        {steps.map(({ key, code, state, on }) => {
          const Icon = icons[state];
          return (
            <li
              key={key}
              className={`path-step path-${state}`}
              aria-current={state === "now" ? "step" : undefined}
            >
              <Icon aria-hidden className="icon path-mark" />
              <span className="path-words">
                <span className="path-name">{label(code)}</span>
                {on === undefined ? null : <span className="path-date numeric">{date(on)}</span>}
                {state === "done" ? null : (
                  <span className={state === "now" ? "path-state" : "visually-hidden"}>
                    {t(`case.path.${state}`)}
                  </span>
                )}
              </span>
            </li>
          );
        })}
      </ol>
    </div>
  );
}
