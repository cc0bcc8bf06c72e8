// A new version of the shell waits until somebody says yes, so that no open form is lost to it.
import type { Workbox } from "workbox-window";

export interface Updates {
  /** A new version has been loaded and waits. */
  readonly waiting: boolean;
  watch(listener: () => void): () => void;
  /** Takes the new version and reloads; drafts are on the device already. */
  take(): void;
}

export const serviceWorkerAddress = "/sw.js";

/** Registers the service worker; `waiting` stays false where there is none (development, old browsers). */
export function watchUpdates(): Updates {
  let waiting = false;
  let worker: Workbox | undefined;
  const listeners = new Set<() => void>();
  if (import.meta.env.PROD && "serviceWorker" in navigator) void register();

  async function register(): Promise<void> {
    const workbox = await import("workbox-window");
    worker = new workbox.Workbox(serviceWorkerAddress);
    worker.addEventListener("waiting", () => {
      waiting = true;
      for (const listener of listeners) listener();
    });
    worker.addEventListener("controlling", ({ isUpdate }) => {
      if (isUpdate === true) location.reload();
    });
    await worker.register();
    // A phone keeps the app open for days: look again now and then.
    setInterval(() => void worker?.update().catch(() => undefined), 60 * 60_000);
  }

  return {
    get waiting() {
      return waiting;
    },
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    take: () => worker?.messageSkipWaiting(),
  };
}
