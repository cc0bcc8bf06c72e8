// After the screen has changed, whoever works by keyboard or by ear goes on from its content, never from nowhere.
import { useLayoutEffect } from "react";
import { useLocation } from "react-router";

/** Moves the focus to the content when an address has brought another one and the focus stayed outside or was lost. */
export function useFocusKept(): void {
  const { key } = useLocation();
  // Before it is painted: a key pressed in between would go nowhere.
  useLayoutEffect(focusContent, [key]);
}

/** A list that is walked by arrow keys and a heading that took the focus itself keep it. */
export function focusContent(): void {
  const main = document.getElementById("main");
  const { activeElement } = document;
  const isInDialog = activeElement?.closest("dialog[open]") instanceof HTMLDialogElement;
  if (!main || isInDialog || (main !== activeElement && main.contains(activeElement))) return;
  main.focus({ preventScroll: true });
}
