// Text as it is typed: reported at once, but never in the middle of an input method's composition (Vietnamese Telex).
import { type ChangeEvent, type CompositionEvent, useEffect, useRef, useState } from "react";

type Control = HTMLInputElement | HTMLTextAreaElement;

interface Typed {
  /** What stands in the store, as it is written in the control. */
  readonly stored: string;
  /** The question was answered with a reason: the control is emptied even while it has the focus. */
  readonly cleared: boolean;
  readonly onTyped: (text: string) => void;
  /** How the text looks once the person has left the control. */
  readonly tidy: (text: string) => string;
}

/** Props for an input or textarea. While it has the focus, what the person typed is never rewritten. */
export function useTyped({ stored, cleared, onTyped, tidy }: Typed) {
  const [text, setText] = useState(stored);
  const [seen, setSeen] = useState({ stored, cleared });
  const [focused, setFocused] = useState(false);
  const composing = useRef<string | undefined>(undefined);

  if (seen.stored !== stored || seen.cleared !== cleared) {
    setSeen({ stored, cleared });
    if (cleared || !focused) setText(stored);
  }

  function finishComposing(): void {
    if (composing.current === undefined) return;
    const composed = composing.current;
    composing.current = undefined;
    onTyped(composed);
  }

  const finish = useRef(finishComposing);
  useEffect(() => {
    finish.current = finishComposing;
  });
  useEffect(() => {
    // Phone keyboards compose every word; a phone put away in the middle of one must not lose it.
    const hidden = () => {
      if (document.visibilityState === "hidden") finish.current();
    };
    document.addEventListener("visibilitychange", hidden);
    return () => {
      document.removeEventListener("visibilitychange", hidden);
      // Nor one that a cover or a lock takes off the screen.
      finish.current();
    };
  }, []);

  return {
    /** For shortcuts that fill the control in the person's place. */
    setText,
    /** Whether the person is in the control: half an answer is not a mistake yet. */
    focused,
    control: {
      value: text,
      autoComplete: "off",
      spellCheck: false,
      onChange(event: ChangeEvent<Control>) {
        const next = event.currentTarget.value;
        setText(next);
        if (composing.current === undefined) onTyped(next);
        else composing.current = next;
      },
      onCompositionStart(event: CompositionEvent<Control>) {
        composing.current = event.currentTarget.value;
      },
      onCompositionEnd(event: CompositionEvent<Control>) {
        composing.current = event.currentTarget.value;
        setText(event.currentTarget.value);
        finishComposing();
      },
      onFocus: () => setFocused(true),
      onBlur() {
        finishComposing();
        setFocused(false);
        setText((current) => tidy(current));
      },
    },
  } as const;
}
