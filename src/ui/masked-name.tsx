// A person's name, masked until somebody asks to see it, and masked again by itself.
import { Eye, EyeOff } from "lucide-react";
import type { ReactNode } from "react";
import { useTexts } from "#src/i18n/use-texts.ts";
import { Button } from "./button.tsx";
import { useReveal } from "./use-reveal.ts";
import "./masked-name.css";

/** "Đào Thị Hòa" → "Đ•• T•• H••": the number of dots says nothing about the length. */
export function maskName(name: string): string {
  const words = name.normalize("NFC").split(/\s+/).filter(Boolean);
  return words.map((word) => `${Array.from(word)[0] ?? ""}••`).join(" ");
}

interface MaskedNameProps {
  readonly name: string;
  /** Told each time the name is revealed: the caller logs it. */
  readonly onReveal?: () => void;
  /** Somebody has just asked for it. */
  readonly shownAtFirst?: boolean;
  /** Where the name leads, shown or not. */
  readonly link?: (content: ReactNode) => ReactNode;
}

export function MaskedName({ name, onReveal, shownAtFirst = false, link }: MaskedNameProps) {
  const { t } = useTexts();
  const [shown, turn] = useReveal(shownAtFirst);
  const seen = shown ? (
    name
  ) : (
    <span aria-label={t("ui.name.hidden")} role="img">
      {maskName(name)}
    </span>
  );
  return (
    <span className="masked">
      <span className="masked-name" aria-live="polite">
        {link ? link(seen) : seen}
      </span>
      <Button
        ref={shownAtFirst ? focusWhereLost : undefined}
        variant="quiet"
        icon={shown ? EyeOff : Eye}
        action="reveal"
        aria-pressed={shown}
        onClick={() => {
          if (!shown) onReveal?.();
          turn();
        }}
      >
        {shown ? t("ui.name.hide") : t("ui.name.show")}
      </Button>
    </span>
  );
}

/** The button that asked for the name went when it came. */
function focusWhereLost(button: HTMLButtonElement | null): void {
  if (document.activeElement === document.body) button?.focus();
}
