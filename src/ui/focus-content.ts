// Whoever works by keyboard or by ear goes on from the content of a new screen, never from nowhere.
import { useEffect, useLayoutEffect, useRef } from "react";

/** A list that is walked by arrow keys and a heading that took the focus itself keep it. */
export function focusContent(): void {
  const main = document.getElementById("main");
  const { activeElement } = document;
  const isInDialog = activeElement?.closest("dialog[open]") instanceof HTMLDialogElement;
  if (!main || isInDialog || (main !== activeElement && main.contains(activeElement))) return;
  main.focus({ preventScroll: true });
}

/** For what comes in place of another screen at the same address. Before it is painted: a key pressed in between would go nowhere. */
export function useFocusInContent(): void {
  useLayoutEffect(focusContent, []);
}

/**
 * For a part that goes together with its button. Called when the button is pressed: what goes by itself, while somebody is
 * elsewhere on the page, moves nobody.
 */
export function useFocusAfter(): () => void {
  const pressed = useRef(false);
  useEffect(
    () => () => {
      if (pressed.current) focusContent();
    },
    [],
  );
  return () => {
    pressed.current = true;
  };
}
