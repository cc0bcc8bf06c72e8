// Puts new files in the place of old ones, so that at every moment a whole store stands there, the old or the new one.
import { copyFileSync, linkSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import Database from "libsql";
import { codeOf } from "#server/start/problem.ts";
import { storeFile } from "./data-files.ts";
import { settle } from "./durable.ts";

const logNames = [`${storeFile}-wal`, `${storeFile}-shm`];

export interface ExchangeOfFiles {
  folder: string;
  /** A folder inside it, with the new files. */
  incoming: string;
  /** Names of files that are there now and will be replaced. */
  outgoing: readonly string[];
  /** Name of the folder for the old ones, beside them. */
  aside: string;
}

/** @returns the folder that keeps the old files, if there were any */
export function exchangeFiles(
  { folder, incoming, outgoing, aside }: ExchangeOfFiles,
  names: readonly string[],
): string | undefined {
  const keep = join(folder, aside);
  if (outgoing.length > 0) {
    if (outgoing.includes(storeFile)) emptyLog(join(folder, storeFile));
    mkdirSync(keep, { mode: 0o700 });
    for (const name of [...outgoing, ...logNames]) secondName(join(folder, name), join(keep, name));
    settle(keep);
  }
  // A log of the old store would be played into the new one.
  for (const name of logNames) rmSync(join(folder, name), { force: true });
  for (const name of names) renameSync(join(incoming, name), join(folder, name));
  settle(folder);
  return outgoing.length > 0 ? keep : undefined;
}

/** A store that is put back may be damaged: then its log is kept as it is. */
function emptyLog(store: string): void {
  try {
    const connection = new Database(store);
    try {
      connection.pragma("wal_checkpoint(TRUNCATE)");
    } finally {
      connection.close();
    }
  } catch {
    return;
  }
}

/** The same file under another name, so that it is never without one; a copy where the file system knows no links. */
function secondName(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return;
    copyFileSync(from, to);
    settle(to);
  }
}
