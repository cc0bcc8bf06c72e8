// Which files of the data folder a backup holds, and which only make sense where they are.
import { readdirSync } from "node:fs";
import { operatorFile } from "#server/start/operator.ts";
import { codeOf } from "#server/start/problem.ts";

export const storeFile = "records.sqlite";
export const logFile = "access.log";

/** The front door keeps its own state in the store, so these are all. */
export const backedUp = [storeFile, operatorFile, logFile] as const;
export type BackedUp = (typeof backedUp)[number];

/** Left behind with a running process, or made anew by the next one. */
const passing = new Set([
  "lock.sqlite",
  "lock.sqlite-journal",
  "service.json",
  `${storeFile}-wal`,
  `${storeFile}-shm`,
]);

/** The private half of the recovery key: every copy of it is one too many. */
export const privateKeyFile = "recovery-key.txt";

/** Names of what a folder holds, but for what passes; undefined where there is no such folder. */
export function contentOf(folder: string): readonly string[] | undefined {
  try {
    return readdirSync(folder).filter((name) => !passing.has(name));
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}
