// Tells the front door after an exchange that this device was in contact and what waits on it, and asks about others' devices.
import { z } from "zod";
import type { DeviceContact, DevicesFault } from "#src/domain/ports/exchange.ts";
import { err, ok, type Result } from "#src/domain/ports/result.ts";
import type { DeviceKeys } from "#src/storage/device-keys.ts";
import type { CouchClient } from "./couch-client.ts";
import type { Session } from "./session.ts";
import type { After } from "./timers.ts";
import type { Trouble } from "./trouble.ts";
import type { WhichCopy } from "./which-copy.ts";

export interface Contact {
  /** There was an exchange: told a moment later, unless what would be told is known already. */
  note(): void;
  devices(): Promise<Result<readonly DeviceContact[], DevicesFault>>;
  stop(): void;
}

export interface ContactDeps {
  /** Asks below `/api`. */
  readonly client: CouchClient;
  readonly session: Session;
  /** Random id of this device. */
  readonly device: string;
  readonly appVersion: string;
  readonly which: WhichCopy;
  /** Published in the directory, so that colleagues' devices know this one without a network (D19). */
  readonly keys?: Pick<DeviceKeys, "publicKeys">;
  /** The centre knows the id of this device by other keys, and keeps those. */
  readonly onDeviceTaken?: () => void;
  /** How many records are not yet at the centre. */
  readonly waiting: () => number;
  readonly after: After;
  /** The device's own clock; milliseconds since 1970. */
  readonly deviceNow: () => number;
  /** Aborted when the engine breaks off what it does. */
  readonly signal: () => AbortSignal;
}

/** What was sent comes back from the centre meanwhile, and does not wait any more. */
const settleMs = 2_000;
/** Between two reports, whatever becomes of them. */
const leastMs = 30_000;
/** After so long the same is told again, since the device is still there, and it is tried again where the account may not tell it. */
const restMs = 15 * 60_000;

const told = z.object({
  ok: z.literal(true),
  keys: z.string().optional(),
  /** This is another device than that which has told its turn last: nothing was noted. */
  isAnother: z.literal(true).optional(),
});
const listed = z.object({
  devices: z.array(
    z.object({
      account: z.string(),
      device: z.string(),
      lastContactAt: z.string(),
      waiting: z.number(),
      appVersion: z.string(),
      tooOld: z.boolean(),
    }),
  ),
});

export function createContact(deps: ContactDeps): Contact {
  const { client, session, device, appVersion, after, deviceNow } = deps;
  let last: { readonly waiting: number; readonly atMs: number } | undefined;
  let triedMs: number | undefined;
  let gapMs = leastMs;
  /** The centre is a CouchDB by itself, which keeps no list of devices. */
  let absent = false;
  let callOff: (() => void) | undefined;

  async function tell(mayBeAnother = true): Promise<void> {
    const waiting = deps.waiting();
    const isKnown = last?.waiting === waiting && Math.abs(deviceNow() - last.atMs) < restMs;
    if (isKnown) return;
    triedMs = deviceNow();
    const signal = deps.signal();
    const said = await deps.which.said();
    const body = JSON.stringify({ device, appVersion, waiting, keys: deps.keys?.publicKeys, ...said });
    const answer = await session.ask(
      () => client.ask({ method: "POST", path: "/devices", body, schema: told }, signal),
      signal,
    );
    if (answer.ok && answer.value.body.isAnother) {
      await deps.which.isAnother();
      return mayBeAnother ? tell(false) : undefined;
    }
    // A report that is lost harms nobody: a later exchange brings another.
    if (answer.ok) last = { waiting, atMs: deviceNow() };
    else absent = isAbsent(answer.error);
    gapMs = !answer.ok && isForbidden(answer.error) ? restMs : leastMs;
    if (answer.ok && answer.value.body.keys === "taken") deps.onDeviceTaken?.();
  }

  return {
    note() {
      if (absent || callOff) return;
      const sinceMs = triedMs === undefined ? gapMs : Math.abs(deviceNow() - triedMs);
      callOff = after(Math.max(settleMs, gapMs - sinceMs), () => {
        callOff = undefined;
        void tell();
      });
    },
    async devices() {
      const signal = deps.signal();
      const answer = await session.ask(
        () => client.ask({ method: "GET", path: "/devices", schema: listed }, signal),
        signal,
      );
      return answer.ok ? ok(answer.value.body.devices) : err(faultOf(answer.error));
    },
    stop() {
      callOff?.();
    },
  };
}

const isAbsent = (trouble: Trouble): boolean =>
  trouble.kind === "status" && (trouble.status === 404 || trouble.status === 405);

const isForbidden = (trouble: Trouble): boolean => trouble.kind === "status" && trouble.status === 403;

function faultOf(trouble: Trouble): DevicesFault {
  if (isAbsent(trouble)) return { type: "NotOfferedHere" };
  if (trouble.kind === "stopped" || trouble.kind === "unreachable" || trouble.kind === "notTheCentre")
    return { type: "NoConnection" };
  if (trouble.kind === "status" && trouble.status !== 401 && trouble.status !== 403)
    return { type: "CentreFault" };
  return { type: "NotAllowed" };
}
