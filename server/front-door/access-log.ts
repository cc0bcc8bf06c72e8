// One line of the access log: who asked for what kind of thing, when, and how it ended.
import type { PathKind } from "./path-kind.ts";

export interface AccessEntry extends PathKind {
  /** UTC instant at which the request came. */
  time: string;
  /** The authenticated user; null for nobody. */
  user: string | null;
  method: string;
  status: number;
  /** Bytes of the answer's body that were handed on. */
  bytes: number;
  /** The client went away, or the store broke off, before the answer was complete. */
  cut?: true;
}

/** Hands a body on unchanged and tells at its end how many bytes it had. */
export function counted(
  body: ReadableStream<Uint8Array>,
  ended: (bytes: number, cut: boolean) => void,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  let bytes = 0;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (done) {
          ended(bytes, false);
          controller.close();
          return;
        }
        bytes += value.length;
        controller.enqueue(value);
      } catch (error) {
        ended(bytes, true);
        controller.error(error);
      }
    },
    async cancel(reason) {
      ended(bytes, true);
      await reader.cancel(reason);
    },
  });
}
