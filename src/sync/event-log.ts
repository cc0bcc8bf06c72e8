// What the engine tells about its work: names of steps, databases and counts, never a record or an id.

export type SyncEvent =
  | { readonly event: "phase"; readonly phase: string; readonly fault?: string }
  | { readonly event: "signedIn" }
  | { readonly event: "rolesChanged" }
  | { readonly event: "clock"; readonly offsetMs: number }
  /** The centre's database is not the one we knew: read again from its beginning. */
  | { readonly event: "startOver"; readonly database: string }
  /** It was looked for what lies here and the centre has lost. */
  | { readonly event: "compared"; readonly database: string; readonly rows: number; readonly lost: number }
  /** The front door put together what two servers had made apart. */
  | { readonly event: "mended"; readonly database: string; readonly merged: number; readonly pruned: number }
  /** A part of what was taken in by file is at the centre, or was turned back. */
  | { readonly event: "bundle"; readonly records: number; readonly refused: number }
  /** What was unsent of cases that have moved away was brought to where they are now. */
  | {
      readonly event: "forwarded";
      readonly database: string;
      readonly rows: number;
      readonly refused: number;
    }
  /** Others' words which the centre lost: its inbox has a copy. */
  | { readonly event: "keptElsewhere"; readonly database: string; readonly rows: number }
  /** The account may not open it any more: what was unsent lies in the inbox, and all of it has left the device. */
  | { readonly event: "left"; readonly database: string; readonly handedOver: number }
  | {
      readonly event: "pulled";
      readonly database: string;
      readonly changes: number;
      readonly skipped: number;
    }
  | {
      readonly event: "pushed";
      readonly database: string;
      readonly rows: number;
      readonly accepted: number;
      readonly met: number;
      readonly refused: number;
    }
  | { readonly event: "trouble"; readonly database?: string; readonly kind: string; readonly status?: number }
  | { readonly event: "wait"; readonly ms: number };

export type SyncLog = (event: SyncEvent) => void;
