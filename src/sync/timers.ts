// Waiting, given from outside so that a simulation can let virtual time pass (D21).

/** Calls `ring` once after so many milliseconds; the function it returns calls that off. */
export type After = (delayMs: number, ring: () => void) => () => void;

/** Resolves after the delay, or at once when the signal is aborted. */
export function sleep(after: After, delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const end = () => {
      callOff();
      signal.removeEventListener("abort", end);
      resolve();
    };
    const callOff = after(delayMs, end);
    signal.addEventListener("abort", end);
  });
}
