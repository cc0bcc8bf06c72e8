// Whether there is width for a list and what it leads to side by side (master-detail.css has the same measure).
import { useSyncExternalStore } from "react";

const wide = "(min-width: 1100px)";
const media = (): MediaQueryList | undefined =>
  typeof matchMedia === "function" ? matchMedia(wide) : undefined;

function watch(listener: () => void): () => void {
  const query = media();
  query?.addEventListener("change", listener);
  return () => query?.removeEventListener("change", listener);
}

export const useWide = (): boolean => useSyncExternalStore(watch, () => media()?.matches ?? false);
