// Asks a fresh worker for one key and ends it: the 64 MiB and the passphrase's bytes go with it.
import type { Argon2Cost, DeriveKey } from "./passphrase.ts";

export interface WorkerQuestion {
  readonly password: Uint8Array<ArrayBuffer>;
  readonly salt: Uint8Array<ArrayBuffer>;
  readonly cost: Argon2Cost;
}
export type WorkerAnswer =
  { readonly key: Uint8Array<ArrayBuffer> } | { readonly error: string; readonly key?: undefined };

/** @param makeWorker starts passphrase-worker.ts */
export function deriveInWorker(makeWorker: () => Worker): DeriveKey {
  return async (password, salt, cost) => {
    const worker = makeWorker();
    try {
      return await new Promise<Uint8Array<ArrayBuffer>>((resolve, reject) => {
        worker.addEventListener("message", ({ data }: MessageEvent<WorkerAnswer>) => {
          if (data.key) resolve(data.key);
          else reject(new Error(data.error));
        });
        worker.addEventListener("error", (event) => reject(new Error(`worker: ${event.message}`)));
        const question: WorkerQuestion = { password, salt, cost };
        worker.postMessage(question, [password.buffer]);
      });
    } finally {
      worker.terminate();
    }
  };
}
