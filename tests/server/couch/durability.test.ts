// What was answered 201 is on the disk: the pragma, and a process killed a hundred times while it writes.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import Database from "libsql";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openSqlStore } from "#server/couch/sql-store.ts";
import { member, startHarness, textOf } from "#tests/server/couch/harness.ts";

const KILLS = 100;

let directory = "";
let bundle = "";

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "couch-"));
  // Inside node_modules, so that the bundle finds the SQLite binding.
  bundle = join("node_modules", ".cache", `couch-${String(process.pid)}`);
  await build({
    configFile: false,
    logLevel: "silent",
    build: {
      ssr: fileURLToPath(new URL("./crash-child.ts", import.meta.url)),
      outDir: bundle,
      rolldownOptions: { output: { entryFileNames: "child.mjs" } },
    },
  });
});

afterAll(async () => {
  await rm(directory, { recursive: true, force: true });
  await rm(bundle, { recursive: true, force: true });
});

describe("the SQLite file", () => {
  it("is synced at every commit", () => {
    const store = openSqlStore(join(directory, "pragma.sqlite"));
    expect(store.get("PRAGMA synchronous")).toMatchObject({ synchronous: 2 });
    expect(store.get("PRAGMA journal_mode")).toMatchObject({ journal_mode: "wal" });
    expect(store.get("PRAGMA foreign_keys")).toMatchObject({ foreign_keys: 1 });
    store.close();
  });

  it("takes a failed transaction back as a whole", () => {
    const store = openSqlStore(":memory:");
    const insert = () => {
      store.run("INSERT INTO database (name, uuid, created, security) VALUES ('a', 'u', 1, '{}')");
    };
    expect(() =>
      store.transaction(() => {
        insert();
        throw new Error("no");
      }),
    ).toThrow("no");
    expect(store.all("SELECT name FROM database")).toEqual([]);
    store.transaction(insert);
    expect(store.all("SELECT name FROM database")).toHaveLength(1);
    store.close();
  });

  it(`gives back every row answered 201, after ${String(KILLS)} kills in the middle of writing`, async () => {
    const file = join(directory, "killed.sqlite");
    const setUp = startHarness({ file });
    await setUp.ask("PUT", "/db");
    setUp.couch.close();

    const seed = Math.floor(Math.random() * 2 ** 31);
    process.stdout.write(`kill test: seed ${String(seed)}\n`);
    const random = randomFrom(seed);
    const accepted = new Map<string, string>();
    for (let run = 0; run < KILLS; run++)
      for (const [id, rev] of await writeUntilKilled(file, String(run), random() * 30)) accepted.set(id, rev);
    expect(accepted.size).toBeGreaterThan(KILLS * 8);

    const connection = new Database(file);
    expect(connection.prepare("PRAGMA integrity_check").get()).toMatchObject({
      integrity_check: "ok",
    });
    connection.close();
    const { ask, couch } = startHarness({ file });
    const { body } = await ask("GET", "/db/_all_docs");
    const rows = member(body, "rows");
    const kept = new Map(
      (Array.isArray(rows) ? rows : []).map((row) => [textOf(row, "id"), textOf(row, "value", "rev")]),
    );
    const lost = [...accepted].filter(([id, rev]) => kept.get(id) !== rev);
    expect(lost).toEqual([]);
    const changes = await ask("GET", "/db/_changes");
    const results = member(changes.body, "results");
    expect(Array.isArray(results) ? results.length : 0).toBe(kept.size);
    couch.close();
  }, 240_000);
});

/** Runs a writer, kills it so many milliseconds after its first batch, and gives what it said was accepted. */
async function writeUntilKilled(file: string, run: string, delayMs: number): Promise<[string, string][]> {
  const child = spawn(process.execPath, [join(bundle, "child.mjs"), file, run], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  child.stdout.on("data", (chunk: Buffer) => {
    said += chunk.toString("utf8");
  });
  const closed = once(child, "close");
  await once(child.stdout, "data");
  await new Promise((resolve) => setTimeout(resolve, delayMs));
  child.kill("SIGKILL");
  const [, signal] = await closed;
  expect(signal).toBe("SIGKILL");
  // A line that was cut off was not said.
  const rows: unknown[] = said
    .split("\n")
    .slice(0, -1)
    .flatMap((line): unknown[] => JSON.parse(line));
  return rows.map((row) => [textOf(row, "id"), textOf(row, "rev")]);
}

function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return state / 0x80000000;
  };
}

describe("sequence numbers", () => {
  const changesSince = async (file: string, since: string) => {
    const { ask, couch } = startHarness({ file });
    const answer = await ask("GET", `/db/_changes?since=${encodeURIComponent(since)}`);
    couch.close();
    const results = member(answer.body, "results");
    return (Array.isArray(results) ? results : []).map((row) => textOf(row, "id"));
  };

  const write = async (file: string, ...ids: string[]) => {
    const { ask, couch } = startHarness({ file });
    await ask("PUT", "/db");
    for (const id of ids) await ask("PUT", `/db/${id}`, { body: {} });
    const { body } = await ask("GET", "/db");
    couch.close();
    return textOf(body, "update_seq");
  };

  it("stay good over a restart", async () => {
    const file = join(directory, "restart.sqlite");
    const first = await write(file, "a", "b");
    const second = await write(file, "c");
    expect(await changesSince(file, first)).toEqual(["c"]);
    expect(await changesSince(file, second)).toEqual([]);
  });

  it("from after a backup that was put back lose nothing that came since", async () => {
    const file = join(directory, "restored.sqlite");
    await write(file, "a", "b");
    const backup = join(directory, "backup.sqlite");
    await copyFile(file, backup);
    const beyond = await write(file, "c", "d", "e");
    expect(beyond).toMatch(/^5-/);
    await copyFile(backup, file);
    expect(await changesSince(file, beyond)).toEqual(["a", "b"]);
    await write(file, "f", "g", "h", "i");
    expect(await changesSince(file, beyond)).toEqual(["a", "b", "f", "g", "h", "i"]);
  });

  it("of one process that was put back to its own middle lose nothing either", async () => {
    const file = join(directory, "middle.sqlite");
    const { ask, couch } = startHarness({ file });
    await ask("PUT", "/db");
    await ask("PUT", "/db/a", { body: {} });
    const backup = join(directory, "middle-backup.sqlite");
    const source = new Database(file);
    source.exec(`VACUUM INTO '${backup}'`);
    source.close();
    await ask("PUT", "/db/b", { body: {} });
    await ask("PUT", "/db/c", { body: {} });
    const { body } = await ask("GET", "/db");
    couch.close();
    await write(backup, "d", "e", "f");
    expect(await changesSince(backup, textOf(body, "update_seq"))).toEqual(["d", "e", "f"]);
  });

  it("of a database that was deleted, or of another one, say nothing about this one", async () => {
    const { ask, couch, clock } = startHarness();
    const fill = async (name: string, ...ids: string[]) => {
      await ask("PUT", `/${name}`);
      for (const id of ids) await ask("PUT", `/${name}/${id}`, { body: {} });
      const { body } = await ask("GET", `/${name}`);
      return { seq: textOf(body, "update_seq"), made: textOf(body, "instance_start_time") };
    };
    const since = async (seq: string) => {
      const { body } = await ask("GET", `/db/_changes?since=${encodeURIComponent(seq)}`);
      const results = member(body, "results");
      return (Array.isArray(results) ? results : []).map((row) => textOf(row, "id"));
    };
    const old = await fill("db", "a", "b", "c");
    const other = await fill("other", "x", "y");
    await ask("DELETE", "/db");
    const anew = await fill("db", "d", "e", "f", "g");
    // In the same second, so that the time of its making tells nothing.
    expect(anew.made).toBe(old.made);
    expect(clock.ms % 1000).toBe(0);
    expect(await since(old.seq)).toEqual(["d", "e", "f", "g"]);
    expect(await since(other.seq)).toEqual(["d", "e", "f", "g"]);
    expect(await since(anew.seq)).toEqual([]);
    couch.close();
  });

  it("that nobody here gave out begin from the start, or are refused when they are no such thing", async () => {
    const file = join(directory, "unknown.sqlite");
    await write(file, "a");
    expect(await changesSince(file, "9-g1AAAAelsewhere")).toEqual(["a"]);
    const { ask, couch } = startHarness({ file });
    for (const since of ["9", "-1", "x", "9-", "9-h1AAAA", "null", "[]"])
      expect((await ask("GET", `/db/_changes?since=${since}`)).status).toBe(400);
    couch.close();
  });
});
