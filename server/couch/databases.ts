// The databases of the endpoint: their names, creation, removal, info, and opaque sequence numbers.
import { CouchError, badRequest, fileExists, noDatabase } from "./errors.ts";
import { isObject, parseJsonText, type JsonObject } from "./json.ts";
import { integer, text } from "./sql-row.ts";
import type { SqlStore } from "./sql-store.ts";

export interface DatabaseInfo {
  key: number;
  name: string;
  uuid: string;
  /** Unix time of creation, in seconds. */
  created: number;
  seq: number;
  purgeSeq: number;
  security: JsonObject;
}

const SYSTEM_NAMES = new Set(["_users", "_replicator", "_global_changes"]);

/** CouchDB 3's default: nobody but server administrators. */
const DEFAULT_SECURITY = { members: { roles: ["_admin"] }, admins: { roles: ["_admin"] } };

export interface Databases {
  /** @throws 404 */
  open(name: string): DatabaseInfo;
  /** Null for one that is not there. */
  find(name: string): DatabaseInfo | null;
  names(): string[];
  /** @throws 400 for an illegal name, 412 if it exists */
  create(name: string, uuid: string, created: number): void;
  /** @throws 404 */
  remove(name: string): void;
  setSecurity(database: DatabaseInfo, security: JsonObject): void;
  /** `GET /db` of CouchDB. */
  info(database: DatabaseInfo): JsonObject;
  /** Gives the next sequence number; call it inside the transaction that writes the document. */
  nextSeq(database: DatabaseInfo): number;
  /** Writes sequence numbers as clients see them: opaque, never a bare number. */
  seqFormat(database: DatabaseInfo): (seq: number) => string;
  /** @throws 400 for a text this server cannot have given out */
  parseSeq(database: DatabaseInfo, since: string): number;
}

/**
 * @param processName a fresh random name for the epoch of this process. A sequence number is only good within its epoch: when
 *   the file is put back from a backup, numbers given out after the backup are recognised, and their owners start
 *   again from the point of the backup (or from 0), as CouchDB's shard epochs do. As there, the epoch also names the
 *   database itself, so that a number of one that was deleted, or of another, says nothing about this one.
 */
export function databasesIn(store: SqlStore, processName: string): Databases {
  const epochName = ({ uuid }: DatabaseInfo) => `${processName}${uuid}`;

  const find = (name: string): DatabaseInfo | null => {
    const row = store.get("SELECT * FROM database WHERE name = ?", name);
    if (row === undefined) return null;
    const security = parseJsonText(text(row, "security"), Infinity);
    return {
      key: integer(row, "id"),
      name,
      uuid: text(row, "uuid"),
      created: integer(row, "created"),
      seq: integer(row, "seq"),
      purgeSeq: integer(row, "purge_seq"),
      security: isObject(security) ? security : {},
    };
  };

  const open = (name: string): DatabaseInfo => {
    const found = find(name);
    if (found === null) throw noDatabase();
    return found;
  };

  const epochs = (database: DatabaseInfo) =>
    store
      .all("SELECT start, token FROM epoch WHERE database = ? ORDER BY start", database.key)
      .map((row) => ({ start: integer(row, "start"), token: text(row, "token") }));

  const addEpoch = (database: DatabaseInfo, start: number) => {
    const sql = "INSERT OR REPLACE INTO epoch (database, start, token) VALUES (?, ?, ?)";
    store.run(sql, database.key, start, epochName(database));
  };

  const seqFormat = (database: DatabaseInfo) => {
    const known = epochs(database);
    return (seq: number) =>
      `${String(seq)}-${known.findLast(({ start }) => start <= seq)?.token ?? epochName(database)}`;
  };

  return {
    open,
    find,
    names: () => store.all("SELECT name FROM database ORDER BY name").map((row) => text(row, "name")),
    create: (name, uuid, created) => {
      if (!/^[a-z][a-z0-9_$()+/-]*$/.test(name) && !SYSTEM_NAMES.has(name))
        throw new CouchError(400, "illegal_database_name", illegalName(name));
      if (name.length > 238)
        throw new CouchError(
          400,
          "database_name_too_long",
          `At least one path segment of \`${name}\` is too long.`,
        );
      store.transaction(() => {
        if (store.get("SELECT id FROM database WHERE name = ?", name) !== undefined) throw fileExists();
        store.run(
          "INSERT INTO database (name, uuid, created, security) VALUES (?, ?, ?, ?)",
          name,
          uuid,
          created,
          JSON.stringify(DEFAULT_SECURITY),
        );
        addEpoch(open(name), 0);
      });
    },
    remove: (name) => {
      const { key } = open(name);
      store.transaction(() => {
        store.run("DELETE FROM database WHERE id = ?", key);
      });
    },
    setSecurity: (database, security) => {
      const value = JSON.stringify(security);
      store.run("UPDATE database SET security = ? WHERE id = ?", value, database.key);
    },
    info: (database) => describe(store, database, seqFormat(database)(database.seq)),
    nextSeq: (database) => {
      const row = store.get("UPDATE database SET seq = seq + 1 WHERE id = ? RETURNING seq", database.key);
      const seq = integer(row, "seq");
      // The first write of this process begins its epoch; until then the last process' numbers stay true.
      if (epochs(database).at(-1)?.token !== epochName(database)) addEpoch(database, seq);
      return seq;
    },
    seqFormat,
    parseSeq: (database, since) => {
      if (since === "0") return 0;
      if (since === "now") return database.seq;
      // CouchDB's replicator writes it as JSON, in quotes.
      const match = /^"?(\d{1,15})-(g1[\w-]{1,60})"?$/.exec(since);
      if (match === null) throw badRequest("Malformed sequence supplied in 'since' parameter.");
      const all = epochs(database);
      const index = all.findIndex(({ token }) => token === match[2]);
      if (index < 0) return 0;
      const end = (all[index + 1]?.start ?? database.seq + 1) - 1;
      return Math.min(Number(match[1]), end);
    },
  };
}

const illegalName = (name: string) =>
  `Name: '${name}'. Only lowercase characters (a-z), digits (0-9), and any of the characters _, $, (, ), +, -, and / are allowed. Must begin with a letter.`;

function describe(store: SqlStore, database: DatabaseInfo, updateSeq: string): JsonObject {
  const { key } = database;
  const count = (deleted: number) =>
    integer(
      store.get("SELECT count(*) AS n FROM document WHERE database = ? AND deleted = ?", key, deleted),
      "n",
    );
  const bytes = (table: "body" | "content", column: "body" | "bytes") =>
    integer(
      store.get(
        `SELECT coalesce(sum(octet_length(${column})), 0) AS n FROM ${table} WHERE database = ?`,
        key,
      ),
      "n",
    );
  const size = bytes("body", "body") + bytes("content", "bytes");
  return {
    instance_start_time: String(database.created),
    db_name: database.name,
    purge_seq: `${String(database.purgeSeq)}-g1`,
    update_seq: updateSeq,
    sizes: { file: size, external: size, active: size },
    props: {},
    doc_del_count: count(1),
    doc_count: count(0),
    disk_format_version: 8,
    compact_running: false,
    cluster: { q: 1, n: 1, w: 1, r: 1 },
  };
}
