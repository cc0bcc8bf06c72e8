// A backup is whole, is taken while others write, and never touches what it does not own.
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readBackup } from "#server/backup/manifest.ts";
import { examineStore } from "#server/backup/store-copy.ts";
import { takeBackup } from "#server/backup/take.ts";
import { readBackupCommand, readRestoreCommand } from "#server/backup/options.ts";
import { Problem } from "#server/start/problem.ts";
import { dataFolder, scratchFolder, surroundings } from "./store-file.ts";
import { startWriter } from "./writer.ts";

const { now } = surroundings();

describe("a backup", () => {
  it("holds store, operator and access log, only for its owner, and what its manifest says", async () => {
    const scratch = scratchFolder();
    const [data, to] = [join(scratch, "data"), join(scratch, "kept", "monday")];
    const { couch } = await dataFolder(data);
    const manifest = await takeBackup({ data, to }, now);
    couch.close();

    expect(readdirSync(to).toSorted()).toEqual([
      "access.log",
      "admin.json",
      "manifest.json",
      "records.sqlite",
    ]);
    for (const name of ["", ...readdirSync(to)]) expect(statSync(join(to, name)).mode & 0o077, name).toBe(0);
    expect(manifest).toMatchObject({ takenAt: "2026-11-22T09:00:00.000Z", databases: 2, documents: 2 });
    expect(await readBackup(to)).toEqual({ ok: true, value: manifest });
    expect(examineStore(join(to, "records.sqlite"))).toEqual({
      ok: true,
      value: { databases: 2, documents: 2 },
    });
  });

  it("taken while another process writes is the state of one moment: nothing answered before is missing", async () => {
    const scratch = scratchFolder();
    const data = join(scratch, "data");
    (await dataFolder(data)).couch.close();
    const writer = await startWriter(join(data, "records.sqlite"));
    for (let copy = 0; copy < 8; copy++) {
      const before = await writer.moreThan(copy * 100);
      const to = join(scratch, `copy-${String(copy)}`);
      const { documents } = await takeBackup({ data, to }, now);
      expect(documents).toBeGreaterThanOrEqual(before + 2);
      // A batch is in it as a whole or not at all.
      expect((documents - 2) % 8).toBe(0);
    }
    await writer.stop();
  });

  it("leaves the private half of the recovery key where it is", async () => {
    const scratch = scratchFolder();
    const [data, to] = [join(scratch, "data"), join(scratch, "to")];
    const { couch } = await dataFolder(data);
    writeFileSync(join(data, "recovery-key.txt"), "AGE-SECRET-KEY-1CANARY");
    await takeBackup({ data, to }, now);
    couch.close();
    for (const name of readdirSync(to))
      expect(readFileSync(join(to, name), "latin1")).not.toContain("CANARY");
  });

  it("is refused where something else is, where one is already, inside the data, and without data", async () => {
    const scratch = scratchFolder();
    const data = join(scratch, "data");
    const { couch } = await dataFolder(data);
    const other = join(scratch, "other");
    mkdirSync(other);
    writeFileSync(join(other, "holiday.jpg"), "picture");
    await expect(takeBackup({ data, to: other }, now)).rejects.toThrow(/holds something else/);
    expect(readdirSync(other)).toEqual(["holiday.jpg"]);

    const to = join(scratch, "to");
    await takeBackup({ data, to }, now);
    const first = readFileSync(join(to, "manifest.json"), "utf8");
    await expect(takeBackup({ data, to }, now)).rejects.toThrow(/holds the backup of 2026-11-22T09/);
    expect(readFileSync(join(to, "manifest.json"), "utf8")).toBe(first);

    await expect(takeBackup({ data, to: join(data, "backups") }, now)).rejects.toThrow(/in the data folder/);
    await expect(takeBackup({ data, to: data }, now)).rejects.toThrow(/in the data folder/);
    const nowhere = join(scratch, "nowhere");
    await expect(takeBackup({ data: nowhere, to: join(scratch, "x") }, now)).rejects.toThrow(/no records/);
    expect(existsSync(nowhere)).toBe(false);
    couch.close();
  });

  it("of a damaged store is no backup, and leaves nothing behind", async () => {
    const scratch = scratchFolder();
    const [data, to] = [join(scratch, "data"), join(scratch, "to")];
    (await dataFolder(data)).couch.close();
    writeFileSync(join(data, "records.sqlite"), Buffer.alloc(8192, 7));
    await expect(takeBackup({ data, to }, now)).rejects.toBeInstanceOf(Problem);
    expect(readdirSync(to)).toEqual([]);
  });
});

describe("the commands", () => {
  it("take their folders from options, then from the environment", () => {
    expect(readBackupCommand(["--to", "x"], {})).toEqual({ to: "x", data: "./data" });
    expect(readBackupCommand(["--to", "x"], { DATA_DIR: "d" })).toEqual({ to: "x", data: "d" });
    expect(readRestoreCommand(["--from", "x"], { DATA_DIR: "d" })).toEqual({
      from: "x",
      data: "d",
      named: false,
    });
    expect(readRestoreCommand(["--from", "x", "--data", "d"], {})).toEqual({
      from: "x",
      data: "d",
      named: true,
    });
    expect(readBackupCommand(["--help"], {})).toBe("help");
    expect(readRestoreCommand(["--help"], {})).toBe("help");
  });

  it("ask for what is missing, and say where CouchDB's backup is described", () => {
    expect(() => readBackupCommand([], {})).toThrow(/--to DIR/);
    expect(() => readRestoreCommand([], {})).toThrow(/--from DIR/);
    expect(() => readBackupCommand(["--form", "x"], {})).toThrow(/--help/);
    expect(() => readBackupCommand(["--to", "x"], { COUCH_URL: "http://a:b@c" })).toThrow(/docs\/backup\.md/);
  });
});
