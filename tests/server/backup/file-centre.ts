// A centre for devices of tests whose store is a file, so that it can be stopped, put back and started again.
import type { Couch } from "#server/couch/couch.ts";
import { dated, openCentreStore, operations } from "#tests/sync/support/centre-store.ts";
import type { TestCentre } from "#tests/sync/support/test-centre.ts";
import type { VirtualTime } from "#tests/sync/support/virtual-time.ts";

export interface FileCentre extends TestCentre {
  stop(): void;
  start(): void;
}

export function fileCentre(file: string, time: VirtualTime): FileCentre {
  const randomBytes = (count: number) => crypto.getRandomValues(new Uint8Array(count));
  const open = () => openCentreStore(time, { file, randomBytes });
  let couch: Couch | undefined = open();

  const handle = (request: Request): Promise<Response> => {
    const { signal } = request;
    if (couch === undefined) return Promise.reject(new TypeError("fetch failed"));
    const answering = couch.handle(request, { address: "127.0.0.1" }).then((answer) => {
      signal.throwIfAborted();
      return dated(answer, time);
    });
    return time.busy(answering);
  };

  const stop = () => {
    couch?.close();
    couch = undefined;
  };
  return {
    handle,
    ...operations(handle),
    feeds: () => couch?.feeds() ?? { open: 0, waiting: 0 },
    close: stop,
    stop,
    start: () => {
      couch = open();
    },
  };
}
