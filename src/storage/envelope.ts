// What lies on the disk, and what is asked of the place that keeps it.
import type { Result } from "#src/domain/ports/result.ts";
import type { StoreFault } from "#src/domain/ports/store.ts";

/** A sealed box: everything it says is inside `b`. Read from a disk, so any part may be damaged. */
export interface Envelope {
  /** 128 random bits; say nothing. */
  readonly id: string;
  /** How `b` is made; see sealer.ts. */
  readonly v: number;
  /** Which key sealed it. */
  readonly k: string;
  /** Base64 of IV and ciphertext. */
  readonly b: string;
}

export type EnvelopeFault = Extract<StoreFault, { type: "StorageFull" | "StorageFailed" }>;

export interface EnvelopeStore {
  /** Everything that lies here, in no order. */
  all(): Promise<Result<readonly Envelope[], EnvelopeFault>>;
  /**
   * Puts and drops in one transaction: on an error the disk is as before. `ok` means it survives a kill.
   * Writes are called one after the other, never two at a time.
   */
  write(puts: readonly Envelope[], drops: readonly string[]): Promise<Result<void, EnvelopeFault>>;
  close(): Promise<void>;
}

/** What a failing disk says, as a value. Databases wrap the cause in their own errors, so the whole chain is asked. */
export function envelopeFault(error: unknown): EnvelopeFault {
  let cause = error;
  for (let depth = 0; depth < 5 && cause instanceof Object; depth++) {
    if (Reflect.get(cause, "name") === "QuotaExceededError") return { type: "StorageFull" };
    cause = Reflect.get(cause, "inner") ?? Reflect.get(cause, "cause");
  }
  return { type: "StorageFailed", detail: error instanceof Error ? error.message : String(error) };
}
