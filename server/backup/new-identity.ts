// Makes a store that was put back another one than before, so that whoever read from it looks at all of it again.
import Database from "libsql";
import { integer } from "#server/couch/sql-row.ts";

/**
 * Each database tells by `instance_start_time` and `uuid` which one it is. A device that finds another value reads from
 * the beginning; a sequence number given out after the backup leads back to the backup by itself, because the epochs
 * that the copy does not know are unknown.
 * @param now Unix time in milliseconds
 */
export function giveNewIdentity(
  file: string,
  { now, randomBytes }: { now: () => number; randomBytes: (count: number) => Uint8Array },
): void {
  const connection = new Database(file);
  try {
    connection.exec("BEGIN IMMEDIATE");
    const rows = connection.prepare("SELECT id, created FROM database").all();
    const update = connection.prepare("UPDATE database SET created = ?, uuid = ? WHERE id = ?");
    const seconds = Math.floor(now() / 1000);
    for (const row of rows) {
      // Seconds are coarse and clocks go back: another value it must be all the same.
      const created = Math.max(integer(row, "created") + 1, seconds);
      update.run(created, Buffer.from(randomBytes(16)).toString("hex"), integer(row, "id"));
    }
    connection.exec("COMMIT");
  } finally {
    connection.close();
  }
}
