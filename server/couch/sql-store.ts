// Opens the SQLite file that holds every database, and runs transactions on it.
import Database from "libsql";
import { text } from "./sql-row.ts";

const SCHEMA = `
CREATE TABLE IF NOT EXISTS database (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  uuid TEXT NOT NULL,
  created INTEGER NOT NULL,
  seq INTEGER NOT NULL DEFAULT 0,
  purge_seq INTEGER NOT NULL DEFAULT 0,
  security TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS epoch (
  database INTEGER NOT NULL REFERENCES database ON DELETE CASCADE,
  start INTEGER NOT NULL,
  token TEXT NOT NULL,
  PRIMARY KEY (database, start)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS document (
  database INTEGER NOT NULL REFERENCES database ON DELETE CASCADE,
  id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  deleted INTEGER NOT NULL,
  winner TEXT NOT NULL,
  tree TEXT NOT NULL,
  PRIMARY KEY (database, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS document_by_seq ON document (database, seq);
CREATE INDEX IF NOT EXISTS document_alive ON document (database, deleted, id);
CREATE TABLE IF NOT EXISTS body (
  database INTEGER NOT NULL,
  id TEXT NOT NULL,
  revision TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (database, id, revision),
  FOREIGN KEY (database, id) REFERENCES document (database, id) ON DELETE CASCADE
    DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS attachment (
  database INTEGER NOT NULL,
  id TEXT NOT NULL,
  revision TEXT NOT NULL,
  name TEXT NOT NULL,
  place INTEGER NOT NULL,
  type TEXT NOT NULL,
  revpos INTEGER NOT NULL,
  encoding TEXT NOT NULL,
  length INTEGER NOT NULL,
  unpacked_length INTEGER NOT NULL DEFAULT 0,
  encoded_length INTEGER NOT NULL,
  md5 TEXT NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (database, id, revision, name),
  FOREIGN KEY (database, id, revision) REFERENCES body (database, id, revision) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS attachment_by_content ON attachment (database, content);
CREATE TABLE IF NOT EXISTS content (
  database INTEGER NOT NULL REFERENCES database ON DELETE CASCADE,
  hash TEXT NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (database, hash)
) STRICT;
CREATE TRIGGER IF NOT EXISTS content_unused AFTER DELETE ON attachment
WHEN NOT EXISTS (SELECT 1 FROM attachment WHERE database = OLD.database AND content = OLD.content)
BEGIN
  DELETE FROM content WHERE database = OLD.database AND hash = OLD.content;
END;
CREATE TABLE IF NOT EXISTS local (
  database INTEGER NOT NULL REFERENCES database ON DELETE CASCADE,
  id TEXT NOT NULL,
  revision INTEGER NOT NULL,
  body TEXT NOT NULL,
  owner TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (database, id)
) STRICT, WITHOUT ROWID;
`;

export type Value = string | number | Uint8Array;

/** The one open connection. Everything is synchronous, so nothing runs between the statements of a transaction. */
export interface SqlStore {
  get(sql: string, ...values: Value[]): unknown;
  all(sql: string, ...values: Value[]): unknown[];
  run(sql: string, ...values: Value[]): void;
  /** Commits when `work` returns, takes everything back when it throws. */
  transaction<T>(work: () => T): T;
  close(): void;
}

/**
 * @param file path of the SQLite file, or ":memory:"
 * @returns a store where a returned transaction is on the disk (`synchronous=FULL`)
 */
export function openSqlStore(file: string): SqlStore {
  const connection = new Database(file);
  connection.pragma("journal_mode = WAL");
  connection.pragma("synchronous = FULL");
  connection.pragma("foreign_keys = ON");
  connection.exec(SCHEMA);
  // A file of before `_local` documents had owners: those that are there belong to nobody.
  addColumn(connection, "local", "owner TEXT NOT NULL DEFAULT ''");
  // Of before the bytes were counted: what was said of them is the best that is known.
  if (addColumn(connection, "attachment", "unpacked_length INTEGER NOT NULL DEFAULT 0"))
    connection.exec("UPDATE attachment SET unpacked_length = MAX(length, encoded_length)");

  const statements = new Map<string, Database.Statement>();
  const prepared = (sql: string) => {
    const known = statements.get(sql);
    if (known !== undefined) return known;
    const statement = connection.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };

  return {
    get: (sql, ...values) => prepared(sql).get(values),
    all: (sql, ...values) => prepared(sql).all(values),
    run: (sql, ...values) => {
      prepared(sql).run(values);
    },
    transaction: (work) => {
      connection.exec("BEGIN IMMEDIATE");
      let result;
      try {
        result = work();
        connection.exec("COMMIT");
      } catch (error) {
        connection.exec("ROLLBACK");
        throw error;
      }
      return result;
    },
    close: () => {
      // The binding frees statements when they are collected, and only then would SQLite empty the log by itself;
      // a file that is copied after closing must be whole.
      connection.pragma("wal_checkpoint(TRUNCATE)");
      statements.clear();
      connection.close();
    },
  };
}

/** @returns whether it was not there yet */
function addColumn(connection: Database.Database, table: string, column: string): boolean {
  const [name] = column.split(" ");
  const columns = connection.prepare(`SELECT name FROM pragma_table_info('${table}')`).all();
  if (columns.some((each) => text(each, "name") === name)) return false;
  connection.exec(`ALTER TABLE ${table} ADD COLUMN ${column}`);
  return true;
}
