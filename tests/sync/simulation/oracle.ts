// Remembers what devices were told is saved, and says what has become of it. It trusts nothing the engine says of itself.
import { isDeepStrictEqual } from "node:util";
import type { AnyRecord, HistoryEntry } from "#src/domain/record/define.ts";
import { definitions, isRecordType } from "#src/domain/records/index.ts";
import { damaged, type TestDevice } from "#tests/sync/support/test-device.ts";
import type { Documents, Handed } from "./centre.ts";

/** A save that a device acknowledged: the record, and what joined its history. */
interface Acknowledged {
  readonly device: TestDevice;
  readonly database: string;
  readonly id: string;
  /** Id of an entry of history → what it says. */
  readonly entries: ReadonlyMap<string, string>;
  /** What a record says that has no history. */
  readonly words: string | undefined;
  readonly version: number;
  /** Not on the device's present disk: it will come from the centre. */
  elsewhere?: true;
  /** The account had lost the right, then or later: it may have gone to the inbox. */
  released?: true;
}

export interface Oracle {
  /** About to be written: may arrive even where nobody was told so. */
  attempted(database: string, record: AnyRecord): void;
  acknowledged(device: TestDevice, database: string, record: AnyRecord, hasRoles: boolean): void;
  /** A record that the centre must refuse. */
  mustBeRefused(id: string): void;
  /** A device starts anew on an older or a damaged disk: what only the newer one held is gone with it. */
  diskReplaced(device: TestDevice, centre: (database: string) => Documents): void;
  /** A second device with everything that this one holds. */
  cloned(from: TestDevice, to: TestDevice): void;
  rightsLost(device: TestDevice): void;
  /** Acknowledged saves that their device does not hold. */
  missingOn(device: TestDevice): readonly string[];
  /** Acknowledged saves of a device that says all is sent, which the centre does not have. */
  unsentOf(device: TestDevice, centre: (database: string) => Documents): readonly string[];
  /** Everything that is wrong once all has healed. */
  verdict(end: End): Verdict;
}

export interface End {
  readonly desks: readonly { readonly device: TestDevice; readonly scope: readonly string[] }[];
  readonly databases: readonly string[];
  readonly centre: (database: string) => Documents;
  readonly inbox: readonly Handed[];
}

export interface Verdict {
  readonly lost: readonly string[];
  readonly divergent: readonly string[];
  readonly untrue: readonly string[];
}

const entriesOf = (record: object | undefined): readonly HistoryEntry[] => {
  const history: unknown = record && Reflect.get(record, "history");
  return Array.isArray(history) ? (history as readonly HistoryEntry[]) : [];
};

export const idsOfEntries = (record: object | undefined): readonly string[] =>
  entriesOf(record).map(({ id }) => id);

/** Without its time, which is put right where the device's clock was wrong. */
const saidBy = ({ field, by, device, to, toUnanswered }: HistoryEntry): string =>
  JSON.stringify([field, by, device, to, toUnanswered]);

/** What may become another without the person having said anything else. */
const stamps: ReadonlySet<string> = new Set(["_id", "_rev", "createdAt", "deviceTime", "history"]);

const wordsOf = (record: object): string =>
  JSON.stringify(
    Object.entries(record)
      .filter(([name]) => !stamps.has(name))
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );

/** What it lacks of the save; undefined where it holds all of it as it was said. */
function lackOf(
  record: object | undefined,
  { id, entries, words, version }: Acknowledged,
): string | undefined {
  if (!record) return `${id} is not there`;
  const there = new Map(entriesOf(record).map((entry) => [entry.id, entry]));
  let gone = 0;
  for (const [entry, said] of entries) {
    const found = there.get(entry);
    if (!found) gone += 1;
    else if (saidBy(found) !== said) return `${id} says something else than was saved`;
  }
  if (gone > 0) return `${id} lacks ${gone} entries of its history`;
  // One of an earlier version says the same in other words.
  const isAsSaved =
    words === undefined || Reflect.get(record, "version") !== version || wordsOf(record) === words;
  return isAsSaved ? undefined : `${id} says something else than was saved`;
}

const heldBy = (device: TestDevice): ReadonlyMap<string, AnyRecord> =>
  new Map(device.store.read.all().map(({ database, record }) => [`${database}/${record.id}`, record]));

export function createOracle(): Oracle {
  let saves: Acknowledged[] = [];
  /** Database and id → ids of entries that somebody made. */
  const made = new Map<string, Set<string>>();
  const refused = new Set<string>();

  /** Every acknowledged save is on its device until another takes its place. */
  function missingOn(device: TestDevice): readonly string[] {
    const held = heldBy(device);
    return saves
      .filter((save) => save.device === device && !save.elsewhere && !save.released)
      .flatMap((save) => lackOf(held.get(`${save.database}/${save.id}`), save) ?? []);
  }

  /** In the end it is at the centre, in the record as it is or in its history, or in the inbox; and on its device. */
  function lost({ desks, centre, inbox }: End): readonly string[] {
    const scopes = new Map(desks.map(({ device, scope }) => [device, scope]));
    const held = new Map(desks.map(({ device }) => [device, heldBy(device)]));
    return saves
      .filter(({ id }) => !refused.has(id))
      .flatMap((save) => {
        const { device, database, id, released } = save;
        const there = lackOf(centre(database).get(id), save);
        const handed = inbox.some(
          (item) => item.account === device.name && item.database === database && item.record["id"] === id && lackOf(item.record, save) === undefined,
        ); // prettier-ignore
        if (there !== undefined) return released && handed ? [] : [`at the centre ${there}`];
        if (!scopes.get(device)?.includes(database)) return [];
        const here = lackOf(held.get(device)?.get(`${database}/${id}`), save);
        return here === undefined ? [] : [`on ${device.name}'s device ${here}`];
      });
  }

  /** Same scope, same bytes. */
  function differing({ desks, centre }: End): readonly string[] {
    return desks.flatMap(({ device, scope }) =>
      scope.flatMap((database) => {
        const there = centre(database);
        const here = device.store.rows(database).filter(({ record }) => !refused.has(record.id));
        const count = here.length === there.size ? [] : [`${device.name} holds ${here.length} of ${there.size} records of ${database}`];
        const differ = here.filter(({ record }) => {
          const { _id, _rev, ...document } = there.get(record.id) ?? {};
          return !isDeepStrictEqual(record, document);
        });
        return [...count, ...differ.map(({ record }) => `${device.name}: ${record.id} differs`)];
      }),
    ); // prettier-ignore
  }

  /** Nothing out of scope anywhere: neither in the store nor on the disk, nor in a database for which it was not written. */
  function outOfScope({ desks, databases, centre }: End): readonly string[] {
    const onDevices = desks.flatMap(({ device, scope }) => {
      const isBeyond = (database: string) => /^[sp]-/.test(database) && !scope.includes(database);
      const rows = device.store.read.all().filter(({ database }) => isBeyond(database));
      const blobs = [...device.disk.envelopes.values()].filter(({ b }) => {
        const [, database] = /^\{"kind":"record","row":\{"database":"([^"]+)"/.exec(b) ?? [];
        return database !== undefined && isBeyond(database);
      });
      const count = Math.max(rows.length, blobs.length);
      return count > 0 ? [`${device.name} holds ${count} records out of scope`] : [];
    });
    const atCentre = databases.flatMap((database) =>
      [...centre(database).keys()]
        .filter((id) => !made.has(`${database}/${id}`))
        .map((id) => `${id} was not written for ${database}`),
    );
    return [...onDevices, ...atCentre];
  }

  /** One entry of history for each accepted change: none twice, none that nobody made. */
  function wrongHistory({ databases, centre }: End): readonly string[] {
    return databases.flatMap((database) =>
      [...centre(database)].flatMap(([id, document]) => {
        const entries = idsOfEntries(document);
        const known = made.get(`${database}/${id}`);
        return [
          ...(new Set(entries).size === entries.length ? [] : [`${id} holds an entry twice`]),
          ...(entries.every((entry) => known?.has(entry)) ? [] : [`${id} holds an entry nobody made`]),
        ];
      }),
    );
  }

  /** What the person is told: that nothing waits, what was refused, what cannot be read, that all is well. */
  function untrueOn(device: TestDevice): readonly string[] {
    const { name, exchange, store } = device;
    const found: string[] = [];
    const rows = store.read.all();
    const waiting = rows.filter(({ sync: { state } }) => state === "local" || state === "sent").length;
    if (waiting !== exchange.counts.waiting || waiting > 0) found.push(`${name}: ${waiting} wait`);
    const turnedDown = rows.filter(({ sync: { state } }) => state === "refused");
    for (const { record, sync } of turnedDown.filter((row) => !refused.has(row.record.id)))
      found.push(`${name}: ${record.id} refused, "${sync.state === "refused" ? sync.refusal.reason : ""}"`);
    if (turnedDown.length !== exchange.counts.refused) found.push(`${name}: refused are counted wrongly`);
    const taken = rows.filter(({ record, sync }) => refused.has(record.id) && sync.state !== "refused");
    if (taken.length > 0) found.push(`${name}: ${taken.length} that no centre takes are said to be there`);
    const spoiled = [...device.disk.envelopes.values()].filter(({ b }) => b.startsWith(damaged)).length;
    if (spoiled !== store.read.unreadable)
      found.push(`${name}: ${store.read.unreadable} of ${spoiled} damaged`);
    const unread = rows.filter(({ record }) => isRecordType(record.type) && record.version !== definitions[record.type].version); // prettier-ignore
    if (unread.length > 0) found.push(`${name}: ${unread.length} of an earlier version are not read`);
    if (exchange.state.phase !== "idle") found.push(`${name} is ${exchange.state.phase}`);
    return found;
  }

  return {
    attempted(database, record) {
      const key = `${database}/${record.id}`;
      const known = made.get(key) ?? new Set();
      for (const entry of idsOfEntries(record)) known.add(entry);
      made.set(key, known);
    },
    acknowledged(device, database, record, hasRoles) {
      const { id, version } = record;
      const entries = new Map(entriesOf(record).map((entry) => [entry.id, saidBy(entry)]));
      const words = isRecordType(record.type) && definitions[record.type].mutability === "append" ? wordsOf(record) : undefined; // prettier-ignore
      const save = { device, database, id, version, entries, words };
      saves.push(hasRoles ? save : { ...save, released: true });
    },
    mustBeRefused: (id) => void refused.add(id),
    diskReplaced(device, centre) {
      const held = heldBy(device);
      saves = saves.filter((save) => {
        if (save.device !== device) return true;
        if (lackOf(held.get(`${save.database}/${save.id}`), save) === undefined) return true;
        save.elsewhere = true;
        return lackOf(centre(save.database).get(save.id), save) === undefined;
      });
    },
    cloned(from, to) {
      saves.push(...saves.filter(({ device }) => device === from).map((save) => ({ ...save, device: to })));
    },
    rightsLost(device) {
      for (const save of saves) if (save.device === device) save.released = true;
    },
    missingOn,
    unsentOf: (device, centre) =>
      saves
        .filter((save) => save.device === device && !save.released && !refused.has(save.id))
        .flatMap((save) => lackOf(centre(save.database).get(save.id), save) ?? []),
    verdict: (end) => ({
      lost: lost(end),
      divergent: [...differing(end), ...outOfScope(end), ...wrongHistory(end)],
      untrue: end.desks.flatMap(({ device }) => untrueOn(device)),
    }),
  };
}
