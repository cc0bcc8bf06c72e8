// A backup is put back whole or not at all; what was there is kept; sequence numbers of the lost time hide nothing.
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import Database from "libsql";
import { describe, expect, it } from "vitest";
import { putBack } from "#server/backup/put-back.ts";
import { takeBackup } from "#server/backup/take.ts";
import { lockDataFolder, openDataFolder } from "#server/start/data-folder.ts";
import { member, startHarness, textOf } from "#tests/server/couch/harness.ts";
import { dataFolder, idsIn, operatorText, scratchFolder, surroundings } from "./store-file.ts";

const around = surroundings();

/** A data folder with "a" and "b", a backup of it, and then "c" in the folder. */
async function world() {
  const scratch = scratchFolder();
  const data = join(scratch, "data");
  const from = join(scratch, "backup");
  const running = await dataFolder(data);
  const describe = async () => (await running.ask("GET", "/db")).body;
  const atBackup = await describe();
  await takeBackup({ data, to: from }, around.now);
  await running.ask("PUT", "/db/c", { body: {} });
  const beyond = textOf(await describe(), "update_seq");
  running.couch.close();
  return { scratch, data, from, atBackup, beyond };
}

describe("a backup that is put back", () => {
  it("fills an empty folder", async () => {
    const { scratch, from } = await world();
    const data = join(scratch, "anew");
    const { aside, manifest } = await putBack({ from, data, named: false }, around);
    expect(aside).toBeUndefined();
    expect(manifest.documents).toBe(2);
    expect(await idsIn(data)).toEqual(["a", "b"]);
    expect(readFileSync(join(data, "admin.json"), "utf8")).toBe(operatorText);
    expect(readFileSync(join(data, "access.log"), "utf8")).toBe(`{"time":"1"}\n`);
  });

  it("takes the place of data in a folder that was named, and the old data is kept aside, whole", async () => {
    const { data, from } = await world();
    writeFileSync(join(data, "admin.json"), operatorText.replace("operator", "another"));
    appendFileSync(join(data, "access.log"), `{"time":"2"}\n`);
    await expect(putBack({ from, data, named: false }, around)).rejects.toThrow(/holds data already.*--data/);
    expect(await idsIn(data)).toEqual(["a", "b", "c"]);

    const { aside = "" } = await putBack({ from, data, named: true }, around);
    expect(await idsIn(data)).toEqual(["a", "b"]);
    expect(readFileSync(join(data, "admin.json"), "utf8")).toBe(operatorText);
    expect(await idsIn(aside)).toEqual(["a", "b", "c"]);
    expect(readFileSync(join(aside, "admin.json"), "utf8")).toContain("another");
    // Who asked for what since the backup is not forgotten.
    expect(readFileSync(join(data, "access.log"), "utf8")).toBe(`{"time":"1"}\n{"time":"2"}\n`);
    expect(readdirSync(data).filter((name) => name.startsWith("restoring"))).toEqual([]);
  });

  it("keeps what a crash had left in the log of the old store, and never plays it into the new one", async () => {
    const { scratch, from } = await world();
    const data = join(scratch, "crashed");
    const running = await dataFolder(data, ["x"]);
    await running.ask("PUT", "/db/y", { body: {} });
    // Still open, so nothing has been written back: the log beside the file holds all of it.
    expect(existsSync(join(data, "records.sqlite-wal"))).toBe(true);
    const { aside = "" } = await putBack({ from, data, named: true }, around);
    expect(await idsIn(data)).toEqual(["a", "b"]);
    expect(await idsIn(aside)).toEqual(["x", "y"]);
    running.couch.close();
  });

  it("replaces a store that is damaged", async () => {
    const { data, from } = await world();
    writeFileSync(join(data, "records.sqlite"), Buffer.alloc(8192, 7));
    const { aside = "" } = await putBack({ from, data, named: true }, around);
    expect(await idsIn(data)).toEqual(["a", "b"]);
    expect(readFileSync(join(aside, "records.sqlite"))).toEqual(Buffer.alloc(8192, 7));
  });

  it("is refused while a service runs on the folder, and where the folder holds something else", async () => {
    const { scratch, data, from } = await world();
    const lock = lockDataFolder(openDataFolder(data));
    await expect(putBack({ from, data, named: true }, around)).rejects.toThrow(/in use by a running service/);
    lock.release();
    const other = join(scratch, "pictures");
    mkdirSync(other, { mode: 0o755 });
    writeFileSync(join(other, "holiday.jpg"), "picture");
    await expect(putBack({ from, data: other, named: true }, around)).rejects.toThrow(/something else/);
    expect(readdirSync(other)).toEqual(["holiday.jpg"]);
  });
});

describe("nothing is replaced by", () => {
  it.each([
    ["a folder without a manifest", (from: string) => writeFileSync(join(from, "manifest.json"), "{}")],
    ["a file that grew", (from: string) => appendFileSync(join(from, "records.sqlite"), "x")],
    ["another operator's password", (from: string) => writeFileSync(join(from, "admin.json"), "{}")],
  ])("%s", async (_what, spoil) => {
    const { data, from } = await world();
    spoil(from);
    await expect(putBack({ from, data, named: true }, around)).rejects.toThrow(
      /no backup that can be put back/,
    );
    expect(await idsIn(data)).toEqual(["a", "b", "c"]);
    expect(readdirSync(data).filter((name) => /restor/.test(name))).toEqual([]);
  });

  it("a backup with any byte of any file flipped", async () => {
    const { data, from } = await world();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom("records.sqlite", "admin.json", "access.log"),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        async (name, at, mask) => {
          const path = join(from, name);
          const bytes = readFileSync(path);
          const spoiled = Buffer.from(bytes);
          const index = at % bytes.length;
          spoiled[index] = (bytes[index] ?? 0) ^ mask;
          writeFileSync(path, spoiled);
          await expect(putBack({ from, data, named: true }, around)).rejects.toThrow(/no backup/);
          writeFileSync(path, bytes);
        },
      ),
      { numRuns: 60 },
    );
    expect(await idsIn(data)).toEqual(["a", "b", "c"]);
  });
});

describe("whoever read from the store before", () => {
  it("finds that every database is another one", async () => {
    const { data, from, atBackup } = await world();
    await putBack({ from, data, named: true }, around);
    const { ask, couch } = startHarness({ file: join(data, "records.sqlite") });
    const { body } = await ask("GET", "/db");
    expect(textOf(body, "instance_start_time")).not.toBe(textOf(atBackup, "instance_start_time"));
    expect(body).toMatchObject({ doc_count: 2 });
    const identities = (folder: string) => {
      const connection = new Database(join(folder, "records.sqlite"));
      const rows = connection.prepare("SELECT uuid, created FROM database ORDER BY name").all();
      connection.close();
      return rows;
    };
    const before = identities(from);
    expect(before).toHaveLength(2);
    for (const [index, row] of identities(data).entries())
      for (const field of ["uuid", "created"])
        expect(member(row, field)).not.toBe(member(before[index], field));
    couch.close();
  });

  it("finds so even where the clock stands before the day the store was made", async () => {
    const { data, from, atBackup } = await world();
    await putBack({ from, data, named: true }, surroundings("2001-01-01T00:00:00.000Z"));
    const { ask, couch } = startHarness({ file: join(data, "records.sqlite") });
    const { body } = await ask("GET", "/db");
    expect(textOf(body, "instance_start_time")).not.toBe(textOf(atBackup, "instance_start_time"));
    couch.close();
  });

  it("is shown everything since the backup for a sequence number of the time that was lost", async () => {
    const { data, from, atBackup, beyond } = await world();
    await putBack({ from, data, named: true }, around);
    const { ask, couch } = startHarness({ file: join(data, "records.sqlite") });
    const since = async (seq: string) => {
      const { body } = await ask("GET", `/db/_changes?since=${encodeURIComponent(seq)}`);
      const results = member(body, "results");
      return (Array.isArray(results) ? results : []).map((row) => textOf(row, "id"));
    };
    // As many as were lost, and more: the numbers overtake those that were given out before.
    for (const id of ["d", "e", "f"]) await ask("PUT", `/db/${id}`, { body: {} });
    expect(await since(beyond)).toEqual(["d", "e", "f"]);
    expect(await since(textOf(atBackup, "update_seq"))).toEqual(["d", "e", "f"]);
    couch.close();
  });
});
