// Takes a backup of a data folder into a folder of its own, also while the service runs.
import { chmodSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { codeOf, Problem } from "#server/start/problem.ts";
import { backedUp, contentOf, privateKeyFile, storeFile } from "./data-files.ts";
import { copySettled } from "./durable.ts";
import { describeFile, type DescribedFile, type Manifest, readManifest, writeManifest } from "./manifest.ts";
import { copyStore, examineStore } from "./store-copy.ts";

export interface TakeOptions {
  to: string;
  data: string;
}

/**
 * @param now Unix time in milliseconds
 * @returns what was written
 * @throws Problem where there is nothing to copy, or the target holds something already
 */
export async function takeBackup(options: TakeOptions, now: () => number): Promise<Manifest> {
  const data = resolve(options.data);
  const to = resolve(options.to);
  if (!existsSync(join(data, storeFile)))
    throw new Problem(`There are no records in ${data}. Name the data folder with --data or DATA_DIR.`);
  if (isInside(to, data)) throw new Problem(`${to} lies in the data folder: a backup belongs elsewhere.`);
  prepareTarget(to);
  const made: string[] = [];
  const begin = (name: string) => {
    const path = join(to, name);
    made.push(path);
    return path;
  };
  try {
    const takenAt = new Date(now()).toISOString();
    copyStore(join(data, storeFile), begin(storeFile));
    const examined = examineStore(join(to, storeFile));
    if (!examined.ok) throw new Problem(`The copy of the records is not sound: ${examined.error}.`);
    const files: DescribedFile[] = [];
    for (const name of backedUp) {
      const from = join(data, name);
      if (name !== storeFile && existsSync(from)) copySettled(from, begin(name));
      if (made.includes(join(to, name))) files.push(await describeFile(to, name));
    }
    const manifest: Manifest = { format: "neo-ve backup 1", takenAt, ...examined.value, files };
    writeManifest(to, manifest);
    return manifest;
  } catch (error) {
    for (const path of made) rmSync(path, { force: true });
    if (error instanceof Problem) throw error;
    throw new Problem(
      `The backup was not made (${codeOf(error)}${error instanceof Error ? `: ${error.message}` : ""}).`,
    );
  }
}

/** What lies beside the records in a data folder and is in no backup; the operator should know. */
export function leftOut(data: string): readonly string[] {
  const names = contentOf(data) ?? [];
  const known: readonly string[] = backedUp;
  return names.filter((name) => !known.includes(name) && name !== privateKeyFile);
}

export const holdsPrivateKey = (data: string): boolean => existsSync(join(data, privateKeyFile));

function prepareTarget(to: string): void {
  process.umask(0o077);
  try {
    mkdirSync(to, { recursive: true, mode: 0o700 });
    const held = contentOf(to) ?? [];
    if (held.length === 0) {
      chmodSync(to, 0o700);
      return;
    }
  } catch (error) {
    throw new Problem(`${to} cannot be written (${codeOf(error)}).`);
  }
  const earlier = readManifest(to);
  throw new Problem(
    earlier.ok
      ? `${to} holds the backup of ${earlier.value.takenAt}. Each backup gets a folder of its own.`
      : `${to} holds something else. Name a new folder, or an empty one.`,
  );
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === "" || !(way === ".." || way.startsWith(`..${sep}`));
}
