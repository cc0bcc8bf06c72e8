// The way out of a form that fills the screen: left for later while it is filled in, back to Today once it is saved.
import { createContext, useContext, useEffect } from "react";

/** Told by the screen that stands in it; nobody listens outside such a frame. */
export const WayOut = createContext<(saved: boolean) => void>(() => undefined);

/** Says, as long as this is on the screen, that nothing is left here to come back to. */
export function useSaved(): void {
  const tell = useContext(WayOut);
  useEffect(() => {
    tell(true);
    return () => tell(false);
  }, [tell]);
}
