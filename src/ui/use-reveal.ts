// What is hidden until somebody asks for it, and hides again by itself.
import { useCallback, useEffect, useState } from "react";

const shownMs = 10_000;

/** Whether it is shown now, and how to show or hide it. */
export function useReveal(shownAtFirst = false): readonly [shown: boolean, turn: () => void] {
  const [shown, setShown] = useState(shownAtFirst);
  useEffect(() => {
    if (!shown) return;
    const timer = setTimeout(() => setShown(false), shownMs);
    return () => clearTimeout(timer);
  }, [shown]);
  return [shown, useCallback(() => setShown((before) => !before), [])];
}
