// Where a screen is read from: another one from its top, one that was left by Back from where it was left.
import { useEffect, useLayoutEffect, useRef } from "react";
import { NavigationType, useLocation, useNavigationType } from "react-router";

/** How far each entry of the history was scrolled, by the router's key; until the page is loaded anew. */
const places = new Map<string, number>();

export function useScrollKept(): void {
  const { key, pathname } = useLocation();
  const how = useNavigationType();
  const shown = useRef<string>(undefined);

  useEffect(() => {
    // The browser's own restoring comes before the screen is drawn, and after a form it would open on its end.
    history.scrollRestoration = "manual";
  }, []);

  useLayoutEffect(() => {
    const isSameScreen = shown.current === pathname;
    shown.current = pathname;
    if (!isSameScreen) scrollTo(0, how === NavigationType.Pop ? (places.get(key) ?? 0) : 0);
    // The steps of a form share an address: a step is read from its heading, and so is what stands there once it is saved.
    else if (how === NavigationType.Pop) scrollTo(0, 0);
    const remember = () => places.set(key, scrollY);
    addEventListener("scroll", remember, { passive: true });
    return () => removeEventListener("scroll", remember);
  }, [key, pathname, how]);
}
