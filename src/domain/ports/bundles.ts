// What the rest asks of the way by file: to hand on what waits, to take in what others handed on, and how both stand (D19).
import { z } from "zod";
import type { Result } from "./result.ts";
import type { StoreFault } from "./store.ts";

type Read = { local(name: string): unknown };

/** A file to be given out; what is in it stays on this device as it was. */
export interface MadeBundle {
  readonly id: string;
  readonly bytes: Uint8Array;
  /** Nothing of it tells a purpose, a person or a place. */
  readonly fileName: string;
  readonly records: number;
  /** Account of the supervisor it is for. */
  readonly to: string;
  /** `(database, id)` and place in the outbox of each record, as they went in. */
  readonly items: readonly HandedItem[];
  readonly madeAt: string;
}

/** Each is a text key, `bundle.fault.<type>`. */
export type MakeFault =
  /** Nothing waits that may go to this person. */
  | { readonly type: "NothingToHandOn" }
  /** No device of theirs has published a key. */
  | { readonly type: "NoDevice" };

/** Opened and found to be what its author's device made. */
export interface OpenedBundle {
  readonly id: string;
  readonly account: string;
  /** As that device's clock said. */
  readonly madeAt: string;
  readonly records: number;
  readonly content: { readonly head: string; readonly signature: string; readonly parts: readonly string[] };
}

/** Each is a text key, `bundle.fault.<type>`. */
export type OpenFault =
  | { readonly type: "TooBig" }
  | { readonly type: "NotABundle" }
  | { readonly type: "NotForThisDevice" }
  /** Not as it was made: damaged on the way, or changed by somebody. */
  | { readonly type: "Damaged" }
  | { readonly type: "OtherFormat" }
  /** The directory here does not know the device that signed it. */
  | { readonly type: "UnknownSender" }
  | { readonly type: "NotYourSites" }
  | { readonly type: "HeldAlready" };

export interface Bundles {
  /** @param progress how many of the records are in it */
  make(to: string, progress: (done: number, total: number) => void): Promise<Result<MadeBundle, MakeFault>>;
  /** The file was given out: said of its records until they are at the centre. */
  noteHandedOn(made: MadeBundle): Promise<Result<void, StoreFault>>;
  open(file: Uint8Array): Promise<Result<OpenedBundle, OpenFault>>;
  /** From now on it lies here, sealed, until the centre has it; it is sent as soon as there is a network. */
  sendOn(opened: OpenedBundle): Promise<Result<void, StoreFault>>;
  /** Forgets one that the centre does not take; its author still has everything. */
  drop(id: string): Promise<Result<void, StoreFault>>;
}

const handedItem = z.tuple([z.string(), z.string(), z.number()]);
export type HandedItem = readonly [database: string, id: string, outbox: number];

/** Local value. */
export const handedOnName = "bundles.handedOn";
const handedOnSchema = z.array(
  z.object({ id: z.string(), to: z.string(), at: z.string(), items: z.array(handedItem) }),
);
/** What was given out by file and is not known to be at the centre, the latest last. */
export type HandedOn = z.output<typeof handedOnSchema>[number];
export const readHandedOn = (read: Read): readonly HandedOn[] =>
  handedOnSchema.safeParse(read.local(handedOnName)).data ?? [];

/** Local values; the parts of a bundle lie beside it, each under a name of its own. */
export const heldBundlesName = "bundles.held";
export const heldPartName = (id: string, index: number): string => `bundles.part ${id} ${index}`;
const tallySchema = z.object({
  accepted: z.number(),
  /** Had come in another way, or with another file. */
  known: z.number(),
  refused: z.array(z.object({ id: z.string(), type: z.string(), reason: z.string() })),
});
export type BundleTally = z.output<typeof tallySchema>;
const heldSchema = z.array(
  z.object({
    id: z.string(),
    account: z.string(),
    madeAt: z.string(),
    takenAt: z.string(),
    records: z.number(),
    head: z.string(),
    signature: z.string(),
    parts: z.number(),
    /** The first part that the centre does not have yet. */
    next: z.number(),
    tally: tallySchema,
    /** The centre's word for why it does not take it; nothing is tried any more. */
    refusal: z.string().optional(),
  }),
);
/** A bundle that waits here to be sent on. */
export type HeldBundle = z.output<typeof heldSchema>[number];
export const readHeldBundles = (read: Read): readonly HeldBundle[] =>
  heldSchema.safeParse(read.local(heldBundlesName)).data ?? [];

/** Local value. */
export const sentOnName = "bundles.sentOn";
const sentOnSchema = z.array(
  z.object({
    id: z.string(),
    account: z.string(),
    madeAt: z.string(),
    /** UTC instant of the centre. */
    at: z.string(),
    records: z.number(),
    tally: tallySchema,
  }),
);
/** A bundle that the centre has taken, the latest last. */
export type SentBundle = z.output<typeof sentOnSchema>[number];
export const readSentBundles = (read: Read): readonly SentBundle[] =>
  sentOnSchema.safeParse(read.local(sentOnName)).data ?? [];
