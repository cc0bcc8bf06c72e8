// A short word after something was done, with the way to undo it.
import { Undo2 } from "lucide-react";
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from "react";
import { useTexts } from "#src/i18n/use-texts.ts";
import { Button } from "./button.tsx";
import "./toast.css";

interface Said {
  readonly text: string;
  readonly undo?: (() => void) | undefined;
}

type Say = (text: string, undo?: () => void) => void;
const ToastContext = createContext<Say>(() => {});

/** `const say = useToast(); say(t("…"), () => undoIt())`; a new word takes the place of the last. */
export const useToast = (): Say => useContext(ToastContext);

// Long enough to read and reach; longer where it can be undone.
const shownMs = 6_000;
const undoableMs = 12_000;

interface ToastProviderProps {
  /** What the page is about, such as a case: a word about one thing does not follow to the page of another. */
  readonly about?: string | undefined;
  readonly children: ReactNode;
}

export function ToastProvider({ about, children }: ToastProviderProps) {
  const { t } = useTexts();
  const [said, setSaid] = useState<Said>();
  const [last, setLast] = useState(about);
  if (about !== undefined && about !== last) {
    setLast(about);
    setSaid(undefined);
  }
  const say = useCallback<Say>((text, undo) => setSaid({ text, undo }), []);
  useEffect(() => {
    if (!said) return;
    const timer = setTimeout(() => setSaid(undefined), said.undo ? undoableMs : shownMs);
    return () => clearTimeout(timer);
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
