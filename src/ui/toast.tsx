// A short word after something was done, with the way to undo it.
import { Undo2 } from "lucide-react";
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from "react";
import { useTexts } from "#src/i18n/use-texts.ts";
import { Button } from "./button.tsx";
import "./toast.css";

interface Bounds {
  /** Said just before the page changes: it is read on the one that comes. */
  readonly ahead?: boolean;
  /** It goes as soon as this does not hold any more: others have changed what an undo would take back. */
  readonly while?: {
    readonly watch: (listener: () => void) => () => void;
    readonly holds: () => boolean;
  };
}

interface Said extends Bounds {
  readonly text: string;
  readonly undo?: (() => void) | undefined;
}

type Say = (text: string, undo?: () => void, bounds?: Bounds) => void;
const ToastContext = createContext<Say>(() => {});

/** `const say = useToast(); say(t("…"), () => undoIt())`; a new word takes the place of the last, moving on takes it away. */
export const useToast = (): Say => useContext(ToastContext);

// Long enough to read and reach; longer where it can be undone.
const shownMs = 6_000;
const undoableMs = 12_000;

interface ToastProviderProps {
  /** Where somebody is: what was said in one place does not follow to another. */
  readonly place?: string;
  readonly children: ReactNode;
}

export function ToastProvider({ place, children }: ToastProviderProps) {
  const { t } = useTexts();
  const [said, setSaid] = useState<Said>();
  const [last, setLast] = useState(place);
  if (place !== last) {
    setLast(place);
    setSaid(said?.ahead ? { ...said, ahead: false } : undefined);
  }
  const say = useCallback<Say>((text, undo, bounds) => setSaid({ ...bounds, text, undo }), []);
  useEffect(() => {
    if (!said) return;
    const timer = setTimeout(() => setSaid(undefined), said.undo ? undoableMs : shownMs);
    const stop = said.while?.watch(() => {
      if (said.while?.holds() === false) setSaid(undefined);
    });
    return () => {
      clearTimeout(timer);
      stop?.();
    };
  }, [said]);
  const undo = useMemo(() => said?.undo, [said]);
  return (
    <ToastContext value={say}>
      {children}
      <div className="toasts" role="status">
        {said ? (
          <div className="toast">
            <span>{said.text}</span>
            {undo ? (
              <Button
                variant="quiet"
                icon={Undo2}
                action="undo"
                onClick={() => {
                  setSaid(undefined);
                  undo();
                }}
              >
                {t("ui.undo")}
              </Button>
            ) : null}
          </div>
        ) : null}
      </div>
    </ToastContext>
  );
}
