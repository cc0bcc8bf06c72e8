// The worker that runs Argon2id, so that the screen stays alive meanwhile; it answers once and is then ended.
import { argon2 } from "./argon2.ts";
import type { WorkerAnswer, WorkerQuestion } from "./derive-in-worker.ts";

addEventListener("message", ({ data }: MessageEvent<WorkerQuestion>) => {
  void argon2(data.password, data.salt, data.cost).then(
    (key) => answer({ key }, [key.buffer]),
    (error: unknown) => answer({ error: String(error) }, []),
  );
});

function answer(message: WorkerAnswer, transfer: Transferable[]): void {
  postMessage(message, { transfer });
}
