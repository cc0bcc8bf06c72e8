// A new version of the shell waits until somebody says yes, so that no open form is lost to it.
import type { Workbox } from "workbox-window";

export interface Updates {
  /** A new version has been loaded and waits. */
  readonly waiting: boolean;
  /** Everything the app consists of is on this device: it opens without a network from now on. */
  readonly worksOffline: boolean;
  watch(listener: () => void): () => void;
  /** Looks for a new version now; `waiting` says when one has come. */
  look(): void;
  /** Takes the new version and reloads; drafts are on the device already. */
  take(): void;
}

export const serviceWorkerAddress = "/sw.js";
const againMs = 15_000;

/** Registers the service worker; `waiting` stays false where there is none (development, old browsers). */
export function watchUpdates(): Updates {
  const serviceWorkers =
    import.meta.env.PROD && "serviceWorker" in navigator ? navigator.serviceWorker : undefined;
  let waiting = false;
  // In development there is no service worker to wait for.
  let worksOffline = !serviceWorkers || serviceWorkers.controller !== null;
  let worker: Workbox | undefined;
  const listeners = new Set<() => void>();
  const tell = () => {
    for (const listener of listeners) listener();
  };
  if (serviceWorkers) void register(serviceWorkers);

  function look(): void {
    void worker?.update().catch(() => undefined);
  }

  async function register(serviceWorkers: ServiceWorkerContainer): Promise<void> {
    let controlled = serviceWorkers.controller !== null;
    serviceWorkers.addEventListener("controllerchange", () => {
      // The files this page still wants to load went with the version it belongs to.
      if (controlled) location.reload();
      controlled = true;
      // It takes control only after it has kept every file.
      worksOffline = true;
      tell();
    });
    const workbox = await import("workbox-window");
    worker = new workbox.Workbox(serviceWorkerAddress);
    worker.addEventListener("waiting", () => {
      waiting = true;
      tell();
    });
    // The first time all files must come; where the network goes meanwhile, the browser forgets the whole attempt.
    for (;;) {
      await worker.register().catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, againMs));
      const registration = await serviceWorkers.getRegistration();
      if (registration?.active) break;
    }
    // A phone keeps the app open for days: look again now and then.
    setInterval(look, 60 * 60_000);
  }

  return {
    get waiting() {
      return waiting;
    },
    get worksOffline() {
      return worksOffline;
    },
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    look,
    take: () => worker?.messageSkipWaiting(),
  };
}
