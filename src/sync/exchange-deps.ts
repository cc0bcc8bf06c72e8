// What the engine is given: the device's store, the account, the way to the centre, clock, dice and connection.
import type { Reader } from "#src/domain/ports/store.ts";
import type { Surroundings } from "#src/domain/ports/surroundings.ts";
import type { DeviceKeys } from "#src/storage/device-keys.ts";
import type { Replica } from "#src/storage/replica.ts";
import type { Reach } from "./couch-client.ts";
import type { SyncLog } from "./event-log.ts";
import type { After } from "./timers.ts";

/** What the device knows of its own connection; browsers are often wrong when they say "online". */
export interface Network {
  online(): boolean;
  /** Calls back when `online()` has changed; returns how to stop. */
  watch(listener: () => void): () => void;
}

/** What offers more than a CouchDB does, and what this device says of itself there. */
export interface FrontDoor {
  /** `/api` */
  readonly base: string;
  /** Random id of this device. */
  readonly device: string;
  readonly appVersion: string;
  /** Without them there is no way by file. */
  readonly keys?: DeviceKeys;
  readonly recoveryRecipient?: string | undefined;
  /** The centre knows the id of this device by other keys. */
  readonly onDeviceTaken?: () => void;
}

export interface ExchangeDeps {
  readonly replica: Replica;
  readonly read: Pick<Reader, "revision" | "all" | "get" | "list" | "ofCase" | "unreadable">;
  readonly account: { readonly name: string; readonly password: string; readonly roles: readonly string[] };
  /** Where the centre is: `/db`, or an origin with a path; no slash at the end. */
  readonly base: string;
  readonly frontDoor?: FrontDoor;
  readonly fetch: Reach;
  readonly surroundings: Surroundings;
  readonly after: After;
  readonly network: Network;
  /** The account's roles changed at the centre. */
  readonly onRoles?: (roles: readonly string[]) => void;
  /** A bug of the engine, which goes on by itself: for whoever looks into the browser. */
  readonly onBug: (error: unknown) => void;
  readonly log?: SyncLog;
}
