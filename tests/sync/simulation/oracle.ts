// Remembers what devices were told is saved, and says what has become of it. It trusts nothing the engine says of itself.
import { isDeepStrictEqual } from "node:util";
import type { AnyRecord } from "#src/domain/record/define.ts";
import type { TestDevice } from "#tests/sync/support/test-device.ts";

/** A save that a device acknowledged: the record, and what joined its history. */
interface Acknowledged {
  readonly device: TestDevice;
  readonly database: string;
  readonly id: string;
  readonly entries: readonly string[];
  /** Not on the device's present disk: it will come from the centre. */
  elsewhere?: true;
}

type Documents = ReadonlyMap<string, Readonly<Record<string, unknown>>>;

export interface Oracle {
  /** About to be written: may arrive even where nobody was told so. */
  attempted(record: AnyRecord): void;
  acknowledged(device: TestDevice, database: string, record: AnyRecord): void;
  /** A record that the centre must refuse. */
  mustBeRefused(id: string): void;
  /** A device starts anew on an older disk: what only the newer one held is gone with it. */
  diskReplaced(device: TestDevice, centre: (database: string) => Documents): void;
  /** A second device with everything that this one holds. */
  cloned(from: TestDevice, to: TestDevice): void;
  /** Acknowledged saves that their device does not hold. */
  missingOn(device: TestDevice): readonly string[];
  /** Everything that is wrong once all has healed. */
  verdict(
    devices: readonly { readonly device: TestDevice; readonly scope: readonly string[] }[],
    centre: (database: string) => Documents,
  ): Verdict;
}

export interface Verdict {
  readonly lost: readonly string[];
  readonly divergent: readonly string[];
  readonly untrue: readonly string[];
}

export function createOracle(): Oracle {
  let saves: Acknowledged[] = [];
  const seen = new Map<string, Set<string>>();
  const refused = new Set<string>();
  const entriesOf = (record: object | undefined): readonly string[] => {
    const history: unknown = record && Reflect.get(record, "history");
    return Array.isArray(history) ? history.map((entry: { id: string }) => entry.id) : [];
  };
  const holds = (record: object | undefined, { id, entries }: Acknowledged): string | undefined => {
    if (!record) return `${id} is not there`;
    const there = new Set(entriesOf(record));
    const gone = entries.filter((entry) => !there.has(entry));
    return gone.length > 0 ? `${id} lacks ${gone.length} entries of its history` : undefined;
  };
  const heldBy = (device: TestDevice): ReadonlyMap<string, AnyRecord> =>
    new Map(device.store.read.all().map(({ database, record }) => [`${database}/${record.id}`, record]));

  function missingOn(device: TestDevice, healed = false): readonly string[] {
    const held = heldBy(device);
    return saves
      .filter((save) => save.device === device && (healed || !save.elsewhere))
      .flatMap((save) => holds(held.get(`${save.database}/${save.id}`), save) ?? []);
  }

  return {
    attempted(record) {
      const known = seen.get(record.id) ?? new Set();
      for (const entry of entriesOf(record)) known.add(entry);
      seen.set(record.id, known);
    },
    acknowledged(device, database, record) {
      saves.push({ device, database, id: record.id, entries: entriesOf(record) });
    },
    mustBeRefused: (id) => void refused.add(id),
    diskReplaced(device, centre) {
      const held = heldBy(device);
      saves = saves.filter((save) => {
        if (save.device !== device) return true;
        if (holds(held.get(`${save.database}/${save.id}`), save) === undefined) return true;
        save.elsewhere = true;
        return holds(centre(save.database).get(save.id), save) === undefined;
      });
    },
    cloned(from, to) {
      saves.push(...saves.filter(({ device }) => device === from).map((save) => ({ ...save, device: to })));
    },
    missingOn: (device) => missingOn(device),
    verdict(devices, centre) {
      const lost = saves
        .filter(({ id }) => !refused.has(id))
        .flatMap((save) => holds(centre(save.database).get(save.id), save) ?? [])
        .map((what) => `at the centre ${what}`);
      const divergent: string[] = [];
      const untrue: string[] = [];
      for (const { device, scope } of devices) {
        const { name, exchange, store } = device;
        lost.push(...missingOn(device, true).map((what) => `on ${name}'s device ${what}`));
        const rows = store.read.all();
        for (const database of scope) {
          const there = centre(database);
          const here = rows.filter((row) => row.database === database && !refused.has(row.record.id));
          if (here.length !== there.size)
            divergent.push(`${name} holds ${here.length} of ${there.size} records of ${database}`);
          for (const { record } of here) {
            const { _id, _rev, ...document } = there.get(record.id) ?? {};
            if (!isDeepStrictEqual(plain(record), document)) divergent.push(`${name}: ${record.id} differs`);
          }
        }
        const beyond = rows.filter((row) => row.database.startsWith("s-") && !scope.includes(row.database));
        if (beyond.length > 0) divergent.push(`${name} holds ${beyond.length} records out of scope`);
        const waiting = rows.filter(({ sync: { state } }) => state === "local" || state === "sent").length;
        const turnedDown = rows.filter(({ sync: { state } }) => state === "refused");
        if (waiting !== exchange.counts.waiting || waiting > 0) untrue.push(`${name}: ${waiting} wait`);
        const wrongly = turnedDown.filter(({ record }) => !refused.has(record.id));
        for (const { record, sync } of wrongly) {
          const reason = sync.state === "refused" ? sync.refusal.reason : "";
          untrue.push(`${name}: ${record.id} refused, "${reason}"`);
        }
        if (turnedDown.length !== exchange.counts.refused)
          untrue.push(`${name}: refused are counted wrongly`);
        const taken = rows.filter(({ record, sync }) => refused.has(record.id) && sync.state !== "refused");
        if (taken.length > 0)
          untrue.push(`${name}: ${taken.length} that no centre takes are said to be there`);
        if (exchange.state.phase !== "idle") untrue.push(`${name} is ${exchange.state.phase}`);
      }
      for (const database of new Set(devices.flatMap(({ scope }) => scope))) {
        for (const [id, document] of centre(database)) {
          const entries = entriesOf(document);
          const known = seen.get(id);
          if (new Set(entries).size !== entries.length) divergent.push(`${id} holds an entry twice`);
          if (entries.some((entry) => !known?.has(entry))) divergent.push(`${id} holds an entry nobody made`);
        }
      }
      return { lost, divergent, untrue };
    },
  };
}

const plain = (record: AnyRecord): unknown => JSON.parse(JSON.stringify(record)) as unknown;
