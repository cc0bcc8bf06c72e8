// What a fault of the store on this device means for the exchange.
import type { StoreFault } from "#src/domain/ports/store.ts";
import type { Trouble } from "./trouble.ts";

export function storage(fault: StoreFault): Trouble {
  return fault.type === "StorageClosed" ? { kind: "stopped" } : { kind: "storage", fault };
}
