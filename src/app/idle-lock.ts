// Locks by itself when nobody has touched the device for a while, or the app lies hidden.

/** While only the passphrase unlocks (design: security, "Keys"). */
const idleMs = 5 * 60_000;
const hiddenMs = 2 * 60_000;

/** Starts watching; returns how to stop. Deadlines are compared with the clock, since timers sleep with the phone. */
export function watchIdle(lock: () => void, now: () => number = () => Date.now()): () => void {
  let touchedAt = now();
  let hiddenAt: number | undefined;
  const touch = () => {
    touchedAt = now();
  };
  const look = () => {
    if (now() - touchedAt >= idleMs || (hiddenAt !== undefined && now() - hiddenAt >= hiddenMs)) lock();
  };
  const turn = () => {
    look();
    hiddenAt = document.visibilityState === "hidden" ? now() : undefined;
  };
  const touches = ["pointerdown", "keydown", "wheel", "input"] as const;
  for (const kind of touches) addEventListener(kind, touch, { capture: true, passive: true });
  document.addEventListener("visibilitychange", turn);
  const timer = setInterval(look, 5_000);
  return () => {
    for (const kind of touches) removeEventListener(kind, touch, { capture: true });
    document.removeEventListener("visibilitychange", turn);
    clearInterval(timer);
  };
}
