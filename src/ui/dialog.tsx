// A question that must be answered before going on; the browser keeps the focus inside and Escape closes it.
import { X } from "lucide-react";
import { type ReactNode, useEffect, useId, useRef } from "react";
import { useTexts } from "#src/i18n/use-texts.ts";
import { Button } from "./button.tsx";
import "./dialog.css";

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** Answers, the safest first; closing is always offered too. */
  readonly actions?: ReactNode;
}

/** Rendered while it is open: `{asking ? <Dialog …/> : null}`. */
export function Dialog({ title, onClose, children, actions }: DialogProps) {
  const { t } = useTexts();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    const before = document.activeElement;
    if (element && !element.open) element.showModal();
    return () => {
      element?.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      className="dialog"
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <div className="dialog-head">
        <h2 className="dialog-title" id={id}>
          {title}
        </h2>
        <Button variant="quiet" icon={X} action="close" onClick={onClose}>
          {t("ui.close")}
        </Button>
      </div>
      <div className="dialog-body">{children}</div>
      {actions ? <div className="dialog-actions">{actions}</div> : null}
    </dialog>
  );
}
