// Where a profile's envelopes lie: in a storage bucket of its own where the browser has them, else beside the others.
import type { Result } from "#src/domain/ports/result.ts";
import type { EnvelopeFault, EnvelopeStore } from "./envelope.ts";

/** `bucket`: deleting it removes every byte. `origin`: deleting leaves traces, so the wrapped key is destroyed first. */
export type PlaceKind = "bucket" | "origin";

export interface Places {
  /** Where a new profile will lie. */
  readonly kind: PlaceKind;
  /** @param name opaque, lower-case letters and digits */
  open(name: string, kind: PlaceKind): Promise<Result<EnvelopeStore, EnvelopeFault>>;
  /** Removes whatever lies there, also when it is nothing. */
  discard(name: string, kind: PlaceKind): Promise<void>;
  /** Asks the browser not to clear all this away by itself; never fails, since nothing hangs on the answer. */
  persist(): Promise<void>;
}
