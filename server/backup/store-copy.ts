// A consistent copy of the record store, made by SQLite itself while the service goes on, and a look at whether it is sound.
import Database from "libsql";
import { err, ok, type Result } from "#src/domain/ports/result.ts";
import { integer } from "#server/couch/sql-row.ts";
import { settle } from "./durable.ts";

export interface StoreCounts {
  databases: number;
  documents: number;
}

/** How long a writer of the running service is waited for. */
const BUSY_MS = 10_000;

/**
 * Everything committed before this call is in the copy, and nothing of what is committed while it runs.
 * @param to must not exist
 * @throws SqliteError
 */
export function copyStore(from: string, to: string): void {
  const connection = new Database(from);
  try {
    connection.pragma(`busy_timeout = ${String(BUSY_MS)}`);
    // https://www.sqlite.org/lang_vacuum.html#vacuuminto: one read transaction; it does not sync what it wrote.
    connection.prepare("VACUUM INTO ?").run(to);
  } finally {
    connection.close();
  }
  settle(to);
}

/** Reads every page and index of the file; it must not be open elsewhere. The error says what is wrong. */
export function examineStore(file: string): Result<StoreCounts, string> {
  let connection: Database.Database;
  try {
    connection = new Database(file);
  } catch (error) {
    return err(messageOf(error));
  }
  try {
    const said = connection.prepare("PRAGMA integrity_check(1)").all();
    if (said.length !== 1 || !isOk(said[0])) return err(`SQLite finds it damaged: ${JSON.stringify(said)}`);
    if (connection.prepare("PRAGMA foreign_key_check").all().length > 0)
      return err("rows of it belong to nothing");
    const count = (sql: string) => integer(connection.prepare(sql).get(), "n");
    return ok({
      databases: count("SELECT count(*) AS n FROM database"),
      documents: count("SELECT count(*) AS n FROM document WHERE deleted = 0"),
    });
  } catch (error) {
    return err(messageOf(error));
  } finally {
    connection.close();
  }
}

const isOk = (row: unknown) =>
  typeof row === "object" && row !== null && "integrity_check" in row && row.integrity_check === "ok";

const messageOf = (error: unknown) => (error instanceof Error ? error.message : "it cannot be opened");
