// What the rest of the product asks of the engine that exchanges records with the centre.

import type { Bundles } from "./bundles.ts";
import type { Result } from "./result.ts";
import type { StoreFault } from "./store.ts";

/** What keeps the exchange from going on; each is a text key (`exchange.<kind>`). */
export type ExchangeFault =
  | { readonly kind: "offline" }
  /** A page that is not the centre's answered: a captive portal, a wrong address. */
  | { readonly kind: "notTheCentre" }
  /** The centre does not accept the password any more: ask for the new one. */
  | { readonly kind: "passwordChanged" }
  /** The password was handed out by somebody: a new one must be chosen before anything is exchanged. */
  | { readonly kind: "oneTimePassword" }
  /** The centre exchanges with later versions of the app only: it must be updated. Saving goes on. */
  | { readonly kind: "appTooOld" }
  /** Too many wrong passwords, or the account may not read. */
  | { readonly kind: "forbidden" }
  /** The centre answers with an error; tried again by itself. */
  | { readonly kind: "centreFault"; readonly status: number }
  /** Some sites cannot be exchanged, the others are; which ones stands in `ExchangeState.aside`. */
  | { readonly kind: "someSites" }
  /** This device cannot keep what came. */
  | { readonly kind: "storage" }
  /** A bug of the app; tried again by itself. */
  | { readonly kind: "broken" };

export interface ExchangeState {
  readonly phase: "offline" | "idle" | "syncing" | "error";
  readonly fault?: ExchangeFault;
  /** The first exchange with all sites that could be reached; UTC instant of the centre. */
  readonly firstExchangeAt?: string;
  /** The last complete exchange with all databases; UTC instant of the centre. */
  readonly lastExchangeAt?: string;
  /** During a first or long exchange: records taken over so far, and how many changes are still to come. */
  readonly progress?: {
    readonly done: number;
    readonly pending: number;
    /** Of how many sites everything is here; only where there are several. */
    readonly sites?: { readonly done: number; readonly of: number };
  };
  /** Sites that cannot be exchanged now, while the others are. */
  readonly aside?: readonly SiteAside[];
}

export interface SiteAside {
  readonly siteId: string;
  /** It gives no answer, one that is none, or an error, or it is closed to the account. */
  readonly why: "silent" | "unreadable" | "failing" | "closed";
}

/** Counted from the records each time, never kept as a flag. */
export interface ExchangeCounts {
  /** Not yet at the centre: `local` and `sent`. */
  readonly waiting: number;
  readonly refused: number;
  readonly clashes: number;
}

/** A device of somebody who works at a site of a supervisor, as it was when it last exchanged. */
export interface DeviceContact {
  /** Name of the account. */
  readonly account: string;
  /** Random id of the device. */
  readonly device: string;
  /** UTC instant of the centre. */
  readonly lastContactAt: string;
  /** How many records it held then that were not at the centre. */
  readonly waiting: number;
  readonly appVersion: string;
  /** Its app may not exchange any more until it is updated. */
  readonly tooOld: boolean;
}

/** Why the centre did not tell of its devices; each is a text key, `devices.<type>`. */
export type DevicesFault =
  | { readonly type: "NoConnection" }
  /** The app works directly on a CouchDB, which keeps no list of devices (D4). */
  | { readonly type: "NotOfferedHere" }
  | { readonly type: "NotAllowed" }
  | { readonly type: "CentreFault" };

/** Why a name was not fetched; each is a text key, `names.<type>`. */
export type NameFault =
  | { readonly type: "NoConnection" }
  /** The site's names are open to its own people and the supervisor directly above. */
  | { readonly type: "NameNotOpen" }
  /** Nobody of this id is there: erased, or moved to another site. */
  | { readonly type: "NameGone" }
  | { readonly type: "CentreFault" };

export interface Exchange {
  readonly state: ExchangeState;
  readonly counts: ExchangeCounts;
  watch(listener: () => void): () => void;
  /** Exchange now; ends when nothing more can be done now. Joins a run that is under way. */
  run(): Promise<void>;
  /** After the password was changed at the centre. */
  resume(password: string): Promise<void>;
  /**
   * The sites whose names this device keeps (D1). Those of others are taken off it at once as far as the centre has
   * them; the rest is sent first. A site that is chosen again is read anew.
   */
  keepNames(siteIds: readonly string[]): Promise<Result<void, StoreFault>>;
  /**
   * The name of a person of whom this device keeps none, asked of the centre now and kept nowhere; undefined where the
   * record has none. Whoever shows it says so first (`note-name-seen`).
   */
  nameOf(siteId: string, personId: string): Promise<Result<string | undefined, NameFault>>;
  /** The devices of everybody at the sites of a supervisor, the latest contact first; asked of the centre anew. */
  devices(): Promise<Result<readonly DeviceContact[], DevicesFault>>;
  /** The way by file; absent where the app works directly on a CouchDB (D4). */
  readonly bundles?: Bundles;
  stop(): Promise<void>;
}

/** Name of the local value that says when this device first had everything; UTC instant of the centre. */
export const firstExchangeName = "firstExchangeAt";

/**
 * Name of the local value that says when what this device wrote of a case that had moved away was last brought to where it
 * is now; UTC instant of the centre.
 */
export const lateWordsName = (caseId: string): string => `lateWords:${caseId}`;

/**
 * The request header in which the app says for whom it asks: a device has one cookie for all the people who use it, and the
 * front door answers 401 where it is another's.
 */
export const accountHeader = "X-Account";

/** The request header in which the app says its version, and the centre's word (status 403) for: too old. */
export const appVersionHeader = "X-App-Version";
export const appTooOldWord = "app_too_old";
