// Rows of documents, bodies and local documents in the SQLite file.
import { attachmentsIn, type AttachmentStore } from "./attachment-store.ts";
import type { JsonObject } from "./json.ts";
import { rememberOrder, stringify } from "./key-order.ts";
import type { Tree } from "./revisions.ts";
import { integer, text } from "./sql-row.ts";
import type { SqlStore, Value } from "./sql-store.ts";

export interface StoredDocument {
  id: string;
  seq: number;
  /** All leaves are deletions. */
  deleted: boolean;
  /** Name of the winning revision. */
  winner: string;
  tree: Tree;
}

interface LocalDocument {
  revision: number;
  body: JsonObject;
}

export interface KeyRange {
  /** Inclusive; in the order of UTF-8 bytes. */
  from: string | null;
  to: string | null;
  includeTo: boolean;
  descending: boolean;
  skip: number;
  limit: number;
}

const COLUMNS = "id, seq, deleted, winner, tree";

/** Reads and writes of one database, by its key. Writes belong inside a transaction. */
export interface DocumentStore {
  find(id: string): StoredDocument | null;
  /** Documents whose last change is after `seq` (before, if descending), in the order of change. */
  changes(seq: number, limit: number, descending: boolean): StoredDocument[];
  countChangesAfter(seq: number): number;
  countChangesBefore(seq: number): number;
  /** Documents that are not deleted, by id. */
  range(range: KeyRange): StoredDocument[];
  countAlive(): number;
  countAliveBefore(id: string, descending: boolean): number;
  all(): StoredDocument[];
  save(document: StoredDocument): void;
  remove(id: string): void;
  body(id: string, revision: string): JsonObject | null;
  attachments: AttachmentStore;
  /** Characters of bodies and trees, and bytes of attachments, read by now: what one request takes of the memory that all share. */
  taken(): number;
  saveBody(id: string, revision: string, body: JsonObject): void;
  removeBody(id: string, revision: string): void;
  local(id: string): LocalDocument | null;
  saveLocal(id: string, document: LocalDocument, owner: string): void;
  /** The `_local` documents of an owner beside this one: how many, and the bytes of their ids and bodies. */
  localsBeside(id: string, owner: string): { count: number; bytes: number };
  removeLocal(id: string): void;
}

export function documentsIn(store: SqlStore, key: number): DocumentStore {
  const many = (sql: string, ...values: Value[]) => store.all(sql, ...values).map(readRow);
  let taken = 0;
  const take = ({ length }: { length: number }) => {
    taken += length;
  };
  const count = (sql: string, ...values: Value[]) => integer(store.get(sql, ...values), "n");
  return {
    find: (id) => {
      const sql = `SELECT ${COLUMNS} FROM document WHERE database = ? AND id = ?`;
      const row = store.get(sql, key, id);
      if (row === undefined) return null;
      take(text(row, "tree"));
      return readRow(row);
    },
    changes: (seq, limit, descending) =>
      many(
        descending
          ? `SELECT ${COLUMNS} FROM document WHERE database = ? AND seq < ? ORDER BY seq DESC LIMIT ?`
          : `SELECT ${COLUMNS} FROM document WHERE database = ? AND seq > ? ORDER BY seq LIMIT ?`,
        key,
        seq,
        limit,
      ),
    countChangesAfter: (seq) =>
      count("SELECT count(*) AS n FROM document WHERE database = ? AND seq > ?", key, seq),
    countChangesBefore: (seq) =>
      count("SELECT count(*) AS n FROM document WHERE database = ? AND seq < ?", key, seq),
    range: (range) => {
      const { sql, values } = rangeQuery(key, range);
      return many(sql, ...values);
    },
    countAlive: () => count("SELECT count(*) AS n FROM document WHERE database = ? AND deleted = 0", key),
    countAliveBefore: (id, descending) =>
      count(
        `SELECT count(*) AS n FROM document WHERE database = ? AND deleted = 0 AND id ${descending ? ">" : "<"} ?`,
        key,
        id,
      ),
    all: () => many(`SELECT ${COLUMNS} FROM document WHERE database = ?`, key),
    save: ({ id, seq, deleted, winner, tree }) => {
      store.run(
        `INSERT INTO document (database, id, seq, deleted, winner, tree) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (database, id) DO UPDATE SET
           seq = excluded.seq, deleted = excluded.deleted, winner = excluded.winner, tree = excluded.tree`,
        key,
        id,
        seq,
        deleted ? 1 : 0,
        winner,
        JSON.stringify(tree),
      );
    },
    remove: (id) => {
      store.run("DELETE FROM document WHERE database = ? AND id = ?", key, id);
    },
    body: (id, revision) => {
      const sql = "SELECT body FROM body WHERE database = ? AND id = ? AND revision = ?";
      const row = store.get(sql, key, id, revision);
      if (row === undefined) return null;
      take(text(row, "body"));
      return readBody(row);
    },
    attachments: attachmentsIn(store, key, (length) => {
      take({ length });
    }),
    taken: () => taken,
    saveBody: (id, revision, body) => {
      store.run(
        "INSERT OR REPLACE INTO body (database, id, revision, body) VALUES (?, ?, ?, ?)",
        key,
        id,
        revision,
        stringify(body),
      );
    },
    removeBody: (id, revision) => {
      store.run("DELETE FROM body WHERE database = ? AND id = ? AND revision = ?", key, id, revision);
    },
    local: (id) => {
      const sql = "SELECT revision, body FROM local WHERE database = ? AND id = ?";
      const row = store.get(sql, key, id);
      return row === undefined ? null : { revision: integer(row, "revision"), body: readBody(row) };
    },
    saveLocal: (id, { revision, body }, owner) => {
      store.run(
        "INSERT OR REPLACE INTO local (database, id, revision, body, owner) VALUES (?, ?, ?, ?, ?)",
        key,
        id,
        revision,
        JSON.stringify(body),
        owner,
      );
    },
    localsBeside: (id, owner) => {
      const row = store.get(
        `SELECT count(*) AS n, coalesce(sum(octet_length(id) + octet_length(body)), 0) AS bytes
         FROM local WHERE database = ? AND owner = ? AND id <> ?`,
        key,
        owner,
        id,
      );
      return { count: integer(row, "n"), bytes: integer(row, "bytes") };
    },
    removeLocal: (id) => {
      store.run("DELETE FROM local WHERE database = ? AND id = ?", key, id);
    },
  };
}

function readRow(row: unknown): StoredDocument {
  const tree: unknown = JSON.parse(text(row, "tree"));
  if (!isStoredTree(tree)) throw new Error("a stored revision tree is not a list");
  return {
    id: text(row, "id"),
    seq: integer(row, "seq"),
    deleted: integer(row, "deleted") === 1,
    winner: text(row, "winner"),
    tree,
  };
}

function readBody(row: unknown): JsonObject {
  const json = text(row, "body");
  const body: unknown = JSON.parse(json);
  if (!isStoredObject(body)) throw new Error("a stored body is not an object");
  rememberOrder(json, body);
  return body;
}

// Trees and bodies were checked when they came in; here only the outermost shape can be told.
function isStoredTree(value: unknown): value is Tree {
  return Array.isArray(value);
}

function isStoredObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function rangeQuery(key: number, range: KeyRange): { sql: string; values: Value[] } {
  const { descending } = range;
  const values: Value[] = [key];
  let sql = `SELECT ${COLUMNS} FROM document WHERE database = ? AND deleted = 0`;
  if (range.from !== null) {
    sql += ` AND id ${descending ? "<=" : ">="} ?`;
    values.push(range.from);
  }
  if (range.to !== null) {
    sql += ` AND id ${descending ? ">" : "<"}${range.includeTo ? "=" : ""} ?`;
    values.push(range.to);
  }
  values.push(range.limit, range.skip);
  return { sql: `${sql} ORDER BY id ${descending ? "DESC" : "ASC"} LIMIT ? OFFSET ?`, values };
}
