// Envelopes of a simulated device where the product keeps them: RxDB on Dexie, on an IndexedDB in memory.
import { isDeepStrictEqual } from "node:util";
import { IDBFactory, IDBKeyRange } from "fake-indexeddb";
import type { Envelope, EnvelopeStore } from "#src/storage/envelope.ts";
import { type MemoryDisk, openMemoryEnvelopes } from "#src/storage/memory-envelopes.ts";
import { openRxdbEnvelopes } from "#src/storage/rxdb-envelopes.ts";
import type { VirtualTime } from "#tests/sync/support/virtual-time.ts";

/** Where one device keeps them. */
interface Place {
  readonly name: string;
  readonly indexedDB: IDBFactory;
  isOpen: boolean;
}

let names = 0;
const newPlace = (): Place => ({
  name: `simulated${(names += 1)}`,
  indexedDB: new IDBFactory(),
  isOpen: false,
});

/**
 * Each write goes to IndexedDB and to an envelope store in memory beside it; whenever a device starts or stops, both must
 * hold the same. What a course does to the disk of a device that is off is done to IndexedDB before it starts.
 * @returns how a device opens its disk
 */
export function indexedDbEnvelopes(time: VirtualTime): (disk: MemoryDisk) => Promise<EnvelopeStore> {
  const places = new Map<MemoryDisk, Place>();

  async function open(disk: MemoryDisk): Promise<EnvelopeStore> {
    const known = places.get(disk);
    // Beside a tab that stands still: RxDB opens a name once in a process.
    const place = known && !known.isOpen ? known : newPlace();
    places.set(disk, place);
    place.isOpen = true;
    const opened = await openRxdbEnvelopes(place.name, { indexedDB: place.indexedDB, IDBKeyRange });
    if (!opened.ok) throw new Error(opened.error.type);
    const real = opened.value;
    await bringTo(disk, real);
    const memory = openMemoryEnvelopes(disk);
    let last: Promise<unknown> = Promise.resolve();
    return {
      all: () => time.busy(real.all()),
      write(puts, drops) {
        // A disk that is full says so before IndexedDB is asked.
        const written = memory
          .write(puts, drops)
          .then(async (kept) => (kept.ok ? real.write(puts, drops) : kept));
        last = written.catch(() => undefined);
        return time.busy(written);
      },
      async close() {
        await last;
        if (places.get(disk) === place) await mustHoldTheSame(disk, real);
        await real.close();
        place.isOpen = false;
      },
    };
  }

  return (disk) => time.busy(open(disk));
}

const byId = (envelopes: Iterable<Envelope>) => new Map([...envelopes].map((each) => [each.id, each]));

async function lyingIn(store: EnvelopeStore): Promise<ReadonlyMap<string, Envelope>> {
  const all = await store.all();
  if (!all.ok) throw new Error(all.error.type);
  return byId(all.value);
}

async function bringTo({ envelopes }: MemoryDisk, store: EnvelopeStore): Promise<void> {
  const lying = await lyingIn(store);
  const puts = [...envelopes.values()].filter((each) => !isDeepStrictEqual(lying.get(each.id), each));
  const drops = [...lying.keys()].filter((id) => !envelopes.has(id));
  if (puts.length + drops.length > 0) await store.write(puts, drops);
}

async function mustHoldTheSame({ envelopes }: MemoryDisk, store: EnvelopeStore): Promise<void> {
  const lying = await lyingIn(store);
  const differ = [...envelopes.values()].filter((each) => !isDeepStrictEqual(lying.get(each.id), each));
  if (differ.length > 0 || lying.size !== envelopes.size)
    throw new Error(`IndexedDB and memory differ in ${differ.length} of ${envelopes.size} envelopes`);
}
