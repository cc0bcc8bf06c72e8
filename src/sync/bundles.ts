// The way by file over the local store: makes bundles of what waits here, opens those of others and keeps them until they are sent on.
import { signedBytes } from "#src/domain/bundle/bundle.ts";
import { mayBringIn, receiversOf } from "#src/domain/bundle/receivers.ts";
import {
  type Bundles,
  handedOnName,
  type HandedOn,
  heldBundlesName,
  type HeldBundle,
  heldPartName,
  readHandedOn,
  readHeldBundles,
} from "#src/domain/ports/bundles.ts";
import { err, ok } from "#src/domain/ports/result.ts";
import type { Reader } from "#src/domain/ports/store.ts";
import type { Surroundings } from "#src/domain/ports/surroundings.ts";
import { parseDatabase } from "#src/domain/record/databases.ts";
import { newId } from "#src/domain/record/ids.ts";
import { type DeviceKeys, isSignedBy } from "#src/storage/device-keys.ts";
import type { Replica } from "#src/storage/replica.ts";
import { inParts, openBundle, sealedBundle } from "./bundle-file.ts";
import { outgoing } from "./bundle-making.ts";
import type { Author } from "./offer.ts";
import { instantOf, type ServerClock } from "./server-clock.ts";

export interface BundlesDeps {
  readonly replica: Replica;
  readonly read: Pick<Reader, "get" | "list">;
  readonly keys: DeviceKeys;
  readonly account: { readonly name: string; readonly roles: readonly string[] };
  /** Random id of this device. */
  readonly device: string;
  /** The agency's public recovery key (`age1…`), which can open every bundle too. */
  readonly recoveryRecipient: string | undefined;
  readonly author: Author;
  readonly clock: ServerClock;
  readonly surroundings: Surroundings;
  /** Something waits to be sent on. */
  readonly onHeld: () => void;
}

/** Files that are remembered as given out. */
const mostHandedOn = 20;

export function createBundles(deps: BundlesDeps): Bundles {
  const { replica, read, keys, account, clock, surroundings } = deps;
  const knownTime = () => ({
    offsetMs: clock.offsetMs,
    now: clock.now(),
    firstContact: clock.isFirstContact(),
  });

  function stillWaits({ items, ...handed }: HandedOn): HandedOn {
    const left = items.filter(([database, id, place]) => replica.row(database, id)?.outbox === place);
    return { ...handed, items: left };
  }

  function deviceOf(name: string, device: string) {
    const found = read
      .list("device")
      .find(({ record }) => record.account === name && record.deviceId === device && record.retired !== true);
    return found?.record;
  }

  return {
    async make(to, progress) {
      const receiver = receiversOf(read, account.name, replica.databases()).find(
        (each) => each.account === to,
      );
      const { items, handed } = outgoing(replica, receiver?.databases ?? [], knownTime(), deps.author);
      if (!receiver || items.length === 0) return err({ type: "NothingToHandOn" });
      const parts = inParts(items);
      progress(0, items.length);
      const id = newId((count) => surroundings.randomBytes(count));
      const madeAt = instantOf(clock.now());
      const about = {
        id,
        account: account.name,
        device: deps.device,
        madeAt,
        databases: [...new Set(items.map(({ database }) => database))],
        records: items.length,
      };
      const ageKeys = receiver.devices.map(({ agePublicKey }) => agePublicKey);
      const recovery = deps.recoveryRecipient === undefined ? [] : [deps.recoveryRecipient];
      const bytes =
        ageKeys.length === 0 ? undefined : await sealedBundle(about, parts, keys, [...ageKeys, ...recovery]);
      if (!bytes) return err({ type: "NoDevice" });
      progress(items.length, items.length);
      const fileName = `${newId((count) => surroundings.randomBytes(count)).slice(0, 8)}.txt`;
      return ok({ id, bytes, fileName, records: items.length, to, items: handed, madeAt });
    },

    noteHandedOn({ id, to, madeAt: at, items }) {
      return replica.setLocal(() => {
        const before = readHandedOn(replica).filter((each) => each.id !== id);
        const all = [...before.map(stillWaits), { id, to, at, items: [...items].map((item) => [...item]) }];
        return { [handedOnName]: all.filter((each) => each.items.length > 0).slice(-mostHandedOn) };
      });
    },

    async open(file) {
      const opened = await openBundle(file, keys);
      if (!opened.ok) return err({ type: opened.error });
      const { head, file: content } = opened.value;
      const sender = deviceOf(head.account, head.device);
      if (!sender) return err({ type: "UnknownSender" });
      if (!(await isSignedBy(sender.signingPublicKey, signedBytes(content.head), content.signature)))
        return err({ type: "Damaged" });
      const siteOf = (database: string) =>
        read.get("site", `site:${parseDatabase(database)?.siteId ?? ""}`)?.record;
      if (!head.databases.every((database) => mayBringIn(account.roles, database, siteOf(database))))
        return err({ type: "NotYourSites" });
      if (readHeldBundles(replica).some(({ id }) => id === head.id)) return err({ type: "HeldAlready" });
      const { id, account: author, madeAt, records } = head;
      return ok({ id, account: author, madeAt, records, content });
    },

    async sendOn({ id, account: author, madeAt, records, content: { head, signature, parts } }) {
      const held: HeldBundle = {
        id,
        account: author,
        madeAt,
        takenAt: instantOf(clock.now()),
        records,
        head,
        signature,
        parts: parts.length,
        next: 0,
        tally: { accepted: 0, known: 0, refused: [] },
      };
      const texts = parts.map((text, index) => [heldPartName(id, index), text] as const);
      const kept = await replica.setLocal(() => ({
        ...Object.fromEntries<unknown>(texts),
        [heldBundlesName]: [...readHeldBundles(replica).filter((each) => each.id !== id), held],
      }));
      if (kept.ok) deps.onHeld();
      return kept;
    },

    drop(id) {
      return replica.setLocal(() => {
        const held = readHeldBundles(replica);
        const parts = held.find((each) => each.id === id)?.parts ?? 0;
        const names = Array.from(
          { length: parts },
          (_, index) => [heldPartName(id, index), undefined] as const,
        );
        return {
          ...Object.fromEntries<unknown>(names),
          [heldBundlesName]: held.filter((each) => each.id !== id),
        };
      });
    },
  };
}
