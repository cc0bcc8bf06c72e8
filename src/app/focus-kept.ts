// The focus follows where the address leads.
import { useLayoutEffect } from "react";
import { useLocation } from "react-router";
import { focusContent } from "#src/ui/focus-content.ts";

/** Moves the focus to the content when an address has brought another one and the focus stayed outside or was lost. */
export function useFocusKept(): void {
  const { key } = useLocation();
  // Before it is painted: a key pressed in between would go nowhere.
  useLayoutEffect(focusContent, [key]);
}
