// A store in a data folder, as the service keeps it, with a few documents, and short ways to ask it.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { ADMIN, startHarness } from "#tests/server/couch/harness.ts";

export function scratchFolder(): string {
  const path = mkdtempSync(join(tmpdir(), "neo-ve-backup-"));
  onTestFinished(() => {
    rmSync(path, { recursive: true, force: true });
  });
  return path;
}

export const operatorText = JSON.stringify({
  name: ADMIN.name,
  password: ADMIN.password,
  cookieSecret: "s".repeat(64),
});

/** Fills a data folder; the store in it is open, as under a running service. */
export async function dataFolder(path: string, ids: readonly string[] = ["a", "b"]) {
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, "admin.json"), operatorText);
  writeFileSync(join(path, "access.log"), `{"time":"1"}\n`);
  const running = startHarness({ file: join(path, "records.sqlite") });
  await running.ask("PUT", "/db");
  for (const id of ids) await running.ask("PUT", `/db/${id}`, { body: { id } });
  return running;
}

/** Ids in the store of a data folder that no service uses. */
export async function idsIn(path: string): Promise<readonly string[]> {
  const { ask, couch } = startHarness({ file: join(path, "records.sqlite") });
  const { body } = await ask("GET", "/db/_all_docs");
  couch.close();
  const rows: unknown = typeof body === "object" && body !== null && "rows" in body ? body.rows : [];
  return (Array.isArray(rows) ? rows : []).map((row: { id: string }) => row.id);
}

export const surroundings = (at = "2026-11-22T09:00:00.000Z") => ({
  now: () => Date.parse(at),
  randomBytes: (count: number) => crypto.getRandomValues(new Uint8Array(count)),
});
