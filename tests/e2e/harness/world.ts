// What a device holds when a screen is looked at: plain data, made by the test and handed to the page.
import type { Exchange, ExchangeState } from "#src/domain/ports/exchange.ts";
import type { PasswordFault } from "#src/domain/ports/sign-in.ts";
import type { Draft } from "#src/domain/ports/store.ts";
import type { SignedIn } from "#src/domain/ports/vault.ts";
import type { Row } from "#src/storage/replica.ts";

/** What the centre says to somebody who signs in; `silent` never answers. */
export type Centre = "fine" | "oneTimePassword" | "silent" | Exclude<PasswordFault["type"], "CentreFault">;

/** What stands in the page in place of the app. */
export type Instead = "fault" | "inApp" | "tooOld" | "noStorage" | "insecure";

export interface World {
  /** Who works on this device; the last is signed in where `open`. */
  readonly people: readonly SignedIn[];
  readonly open: boolean;
  /** The last of the people is open in another tab as well. */
  readonly elsewhere?: boolean;
  readonly rows: readonly Row[];
  readonly drafts: readonly Draft[];
  readonly local: Readonly<Record<string, unknown>>;
  readonly exchange: ExchangeState;
  /** What the centre says of the devices of others. */
  readonly devices: Awaited<ReturnType<Exchange["devices"]>>;
  readonly centre: Centre;
  /** A new version of the app waits. */
  readonly update?: boolean;
  /** Something on the disk does not open. */
  readonly damaged?: boolean;
  /** The recovery key that the device trusts; none where it is left out. */
  readonly recovery?: string;
  readonly instead?: Instead;
}

/** The instant at which every screen is looked at; milliseconds since 1970. */
export const lookedAt = Date.parse("2026-11-22T03:00:00.000Z");
