// Escape three times within a breath hides everything.

const withinMs = 1_200;

export function watchCoverKeys(cover: () => void): () => void {
  let presses: number[] = [];
  const press = (event: KeyboardEvent) => {
    if (event.key !== "Escape") {
      presses = [];
      return;
    }
    presses = [...presses.filter((at) => event.timeStamp - at < withinMs), event.timeStamp];
    if (presses.length < 3) return;
    presses = [];
    cover();
  };
  // Capture: no dialog or list may swallow it.
  addEventListener("keydown", press, { capture: true });
  return () => removeEventListener("keydown", press, { capture: true });
}
