// The folder that holds everything the service keeps: closed to others, and open for one process at a time.
import { accessSync, chmodSync, constants, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import Database from "libsql";
import { z } from "zod";
import { codeOf, Problem } from "./problem.ts";

export interface DataFolder {
  path: string;
  /** Path of a file in it. */
  file: (name: string) => string;
}

/** @throws Problem where it cannot be made or written */
export function openDataFolder(name: string): DataFolder {
  const path = resolve(name);
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    chmodSync(path, 0o700);
    accessSync(path, constants.W_OK);
  } catch (error) {
    throw new Problem(
      `The data folder ${path} cannot be written (${codeOf(error)}). Name another with --data or DATA_DIR.`,
    );
  }
  // Whatever else makes files here (SQLite does), they are not for others.
  process.umask(0o077);
  return { path, file: (file) => join(path, file) };
}

const running = z.object({ address: z.string() });

/**
 * Keeps every other process out of the folder until this one ends, however it ends.
 * @throws Problem while a service runs on it
 */
export function lockDataFolder(folder: DataFolder): { release: () => void } {
  // SQLite's own lock: the system lets go of it with the process, so nothing is left behind to clear away.
  const database = new Database(folder.file("lock.sqlite"));
  try {
    database.exec("BEGIN EXCLUSIVE");
  } catch {
    database.close();
    const address = addressOf(folder);
    throw new Problem(
      `The data folder ${folder.path} is in use by a running service${address === undefined ? "" : ` at ${address}`}.`,
    );
  }
  return {
    release: () => {
      database.close();
    },
  };
}

/** Notes where the service can be reached, for those who find the folder in use. */
export function noteAddress(folder: DataFolder, address: string): void {
  writeFileSync(folder.file("service.json"), `${JSON.stringify({ address })}\n`, { mode: 0o600 });
}

function addressOf(folder: DataFolder): string | undefined {
  try {
    return running.parse(JSON.parse(readFileSync(folder.file("service.json"), "utf8"))).address;
  } catch {
    return undefined;
  }
}
