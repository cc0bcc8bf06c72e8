// Whether the choice between two versions stands open on a card; put off, whoever works by keyboard is back where it was opened.
import { useState } from "react";

interface Deciding {
  readonly deciding: boolean;
  readonly begin: () => void;
  readonly putOff: () => void;
  /** `ref` of the button that opens it. */
  readonly opener: ((button: HTMLButtonElement | null) => void) | undefined;
}

export function useDeciding(): Deciding {
  const [stands, setStands] = useState<"closed" | "open" | "putOff">("closed");
  return {
    deciding: stands === "open",
    begin: () => setStands("open"),
    putOff: () => setStands("putOff"),
    opener: stands === "putOff" ? focusOn : undefined,
  };
}

function focusOn(button: HTMLButtonElement | null): void {
  button?.focus();
}
