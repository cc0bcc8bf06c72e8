// Whoever works by keyboard or by ear goes on from the content of a new screen, never from nowhere.
import { useLayoutEffect } from "react";

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
