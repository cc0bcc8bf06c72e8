// What a browser says of its connection.
import type { Network } from "./exchange-deps.ts";

export const browserNetwork: Network = {
  online: () => navigator.onLine,
  watch(listener) {
    addEventListener("online", listener);
    addEventListener("offline", listener);
    return () => {
      removeEventListener("online", listener);
      removeEventListener("offline", listener);
    };
  },
};
