// Envelopes in RxDB on Dexie: one database per profile with one collection, which never sees anything but sealed text.
import type { Table } from "dexie";
import {
  createRxDatabase,
  getWrittenDocumentsFromBulkWriteResponse,
  type BulkWriteRow,
  type RxCollection,
  type RxDatabase,
  type RxDocumentData,
  type RxJsonSchema,
} from "rxdb/plugins/core";
import { getRxStorageDexie } from "rxdb/plugins/storage-dexie";
import { err, ok, type Result } from "#src/domain/ports/result.ts";
import { envelopeFault, type Envelope, type EnvelopeFault, type EnvelopeStore } from "./envelope.ts";
import { WholeWrites } from "./whole-writes.ts";

// The names lie on the disk in the clear, so they say nothing.
const collectionName = "records";
const schema: RxJsonSchema<Envelope> = {
  version: 0,
  primaryKey: "id",
  type: "object",
  properties: {
    id: { type: "string", maxLength: 36 },
    v: { type: "integer" },
    k: { type: "string" },
    b: { type: "string" },
  },
  required: ["id", "v", "k", "b"],
};

/** Where IndexedDB is: the browser's own, that of a storage bucket, or a test's. */
export interface IndexedDbPlace {
  readonly indexedDB: IDBFactory;
  readonly IDBKeyRange: typeof IDBKeyRange;
}

type Collections = { readonly [collectionName]: RxCollection<Envelope> };
/** A document as RxDB's Dexie storage lays it down. */
type StoredRow = Envelope & { readonly _rev: string; readonly _deleted: "0" | "1" };

/**
 * Should opening fail, the page must be loaded anew before this name is tried again: RxDB remembers the failure.
 * @param name opaque name of the database: letters and digits, a letter first
 */
export async function openRxdbEnvelopes(
  name: string,
  place: IndexedDbPlace,
): Promise<Result<EnvelopeStore, EnvelopeFault>> {
  const writes = new WholeWrites();
  let table: Table<StoredRow, string> | undefined;
  const storage = getRxStorageDexie({
    ...place,
    // What was confirmed must survive a battery that falls out.
    chromeTransactionDurability: "strict",
    cache: "disabled",
    onCreate: (dexie, dexieName) => {
      if (!dexieName.endsWith(`--${collectionName}`)) return;
      writes.guard(dexie);
      dexie.on("ready", () => (table = dexie.table("docs")));
    },
  });
  let database: RxDatabase<Collections> | undefined;
  try {
    database = await createRxDatabase<Collections>({
      name,
      storage,
      multiInstance: false,
      eventReduce: false,
    });
    await database.addCollections<Collections>({ [collectionName]: { schema } });
    if (!table) throw new Error("the collection was not opened");
    return ok(new RxdbEnvelopes(database, table, writes));
  } catch (error) {
    await database?.close().catch(() => undefined);
    return err(envelopeFault(error));
  }
}

/** Rows read in one go: a phone must not hold the whole disk twice. */
const page = 2000;

class RxdbEnvelopes implements EnvelopeStore {
  readonly #database: RxDatabase<Collections>;
  readonly #table: Table<StoredRow, string>;
  readonly #writes: WholeWrites;
  /** Envelope id → its revision, which RxDB wants to see at the next write; the sealed text is not kept. */
  readonly #revisions = new Map<string, string>();

  constructor(database: RxDatabase<Collections>, table: Table<StoredRow, string>, writes: WholeWrites) {
    this.#database = database;
    this.#table = table;
    this.#writes = writes;
  }

  // Read from the table itself: RxDB's query walks a cursor, which is slower and never answers where it fails.
  async all(): Promise<Result<readonly Envelope[], EnvelopeFault>> {
    const envelopes: Envelope[] = [];
    const dropped: string[] = [];
    try {
      for (
        let rows = await this.#after("");
        rows.length > 0;
        rows = await this.#after(rows.at(-1)?.id ?? "")
      ) {
        for (const { id, v, k, b, _rev, _deleted } of rows) {
          if (_deleted === "1") {
            dropped.push(id);
            continue;
          }
          envelopes.push({ id, v, k, b });
          this.#revisions.set(id, _rev);
        }
      }
      if (dropped.length > 0) await this.#table.bulkDelete(dropped);
      return ok(envelopes);
    } catch (error) {
      return err(envelopeFault(error));
    }
  }

  #after(id: string): Promise<StoredRow[]> {
    return this.#table.where("id").above(id).limit(page).toArray();
  }

  async write(puts: readonly Envelope[], drops: readonly string[]): Promise<Result<void, EnvelopeFault>> {
    const rows = [
      ...puts.map((envelope) => this.#writeRow(envelope, false)),
      // RxDB leaves a tombstone: it keeps no sealed text, and goes when the store is opened next.
      ...drops.map((id) => this.#writeRow({ id, v: 0, k: "", b: "" }, true)),
    ];
    try {
      const done = await this.#writes.run(rows.length, () =>
        this.#database.collections[collectionName].storageInstance.bulkWrite(rows, "write"),
      );
      if (done.error.length > 0) return err({ type: "StorageFailed", detail: "written by another tab" });
      for (const row of getWrittenDocumentsFromBulkWriteResponse<Envelope>("id", rows, done))
        this.#revisions.set(row.id, row._rev);
      for (const id of drops) this.#revisions.delete(id);
      return ok(undefined);
    } catch (error) {
      return err(envelopeFault(error));
    }
  }

  #writeRow(envelope: Envelope, deleted: boolean): BulkWriteRow<Envelope> {
    const revision = this.#revisions.get(envelope.id);
    // RxDB fills in revision and time of what it writes, and asks of the previous version only these.
    const meta = { _attachments: {}, _meta: { lwt: 1 } };
    const previous: RxDocumentData<Envelope> | undefined =
      revision === undefined ? undefined : { ...envelope, ...meta, _deleted: false, _rev: revision };
    const document = { ...envelope, ...meta, _deleted: deleted, _rev: revision ?? "" };
    return previous ? { previous, document } : { document };
  }

  async close(): Promise<void> {
    await this.#database.close();
  }
}
