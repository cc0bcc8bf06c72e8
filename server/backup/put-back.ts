// Puts a backup back: verified first, beside what is there, and only then in its place; the old data is kept.
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { lockDataFolder, openDataFolder } from "#server/start/data-folder.ts";
import { operatorFile } from "#server/start/operator.ts";
import { codeOf, Problem } from "#server/start/problem.ts";
import { type BackedUp, contentOf, logFile, storeFile } from "./data-files.ts";
import { copySettled } from "./durable.ts";
import { exchangeFiles } from "./exchange-files.ts";
import { type Manifest, readBackup } from "./manifest.ts";
import { giveNewIdentity } from "./new-identity.ts";
import { examineStore } from "./store-copy.ts";

export interface PutBackOptions {
  from: string;
  data: string;
  /** The person named the data folder, so what it holds may be replaced. */
  named: boolean;
}

export interface PutBackSurroundings {
  /** Unix time in milliseconds. */
  now: () => number;
  randomBytes: (count: number) => Uint8Array;
}

export interface PutBack {
  manifest: Manifest;
  /** The data folder. */
  data: string;
  /** Where the old data is now, if there was any. */
  aside: string | undefined;
}

/** @throws Problem for what the person at the terminal can mend; nothing was replaced then */
export async function putBack(options: PutBackOptions, around: PutBackSurroundings): Promise<PutBack> {
  const from = resolve(options.from);
  const backup = await readBackup(from);
  if (!backup.ok) throw new Problem(`${from} is no backup that can be put back: ${backup.error}.`);
  const names = backup.value.files.map(({ name }) => name);
  for (const needed of [storeFile, operatorFile])
    if (!names.some((name) => name === needed))
      throw new Problem(`${from} holds no ${needed}, without which the service would start anew.`);
  checkTarget(options);
  const folder = openDataFolder(options.data);
  const lock = lockDataFolder(folder);
  const stamp = new Date(around.now()).toISOString().replaceAll(/[:.]/g, "-");
  const incoming = folder.file(`restoring-${stamp}`);
  try {
    // What was logged since the backup stays.
    const replaced = names.filter((name) => name !== logFile || !existsSync(folder.file(logFile)));
    await bringIn({ from, incoming, names: replaced, backup: backup.value }, around);
    const outgoing = replaced.filter((name) => existsSync(folder.file(name)));
    const aside = exchangeFiles(
      { folder: folder.path, incoming, outgoing, aside: `before-restore-${stamp}` },
      replaced,
    );
    return { manifest: backup.value, data: folder.path, aside };
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem(
      `Nothing was put back (${codeOf(error)}${error instanceof Error ? `: ${error.message}` : ""}).`,
    );
  } finally {
    rmSync(incoming, { recursive: true, force: true });
    lock.release();
  }
}

/** Before anything is touched, rights included. */
function checkTarget({ data, named }: PutBackOptions): void {
  const path = resolve(data);
  const held = contentOf(path) ?? [];
  if (held.length === 0) return;
  if (![storeFile, operatorFile].some((name) => held.includes(name)))
    throw new Problem(`${path} holds something else than data of this service.`);
  if (!named)
    throw new Problem(
      `${path} holds data already. Name it to put the backup in its place: --data ${path} (the old data is kept aside).`,
    );
}

async function bringIn(
  {
    from,
    incoming,
    names,
    backup,
  }: { from: string; incoming: string; names: readonly BackedUp[]; backup: Manifest },
  around: PutBackSurroundings,
): Promise<void> {
  mkdirSync(incoming, { mode: 0o700 });
  for (const name of names) copySettled(join(from, name), join(incoming, name));
  const store = join(incoming, storeFile);
  const before = examineStore(store);
  if (!before.ok) throw new Problem(`The records in ${from} are not sound: ${before.error}.`);
  if (before.value.documents !== backup.documents)
    throw new Problem(`The records in ${from} are not as many as its manifest says.`);
  giveNewIdentity(store, around);
  const after = examineStore(store);
  if (!after.ok) throw new Error(after.error);
}
