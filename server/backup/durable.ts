// Copies that are on the disk, and not only on their way there, when they are called done.
import { chmodSync, closeSync, constants, copyFileSync, fsyncSync, openSync } from "node:fs";

/** A file, or the names in a folder. */
export function settle(path: string): void {
  const file = openSync(path, "r");
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** A new file that only its owner reads. @throws where there is one already */
export function copySettled(from: string, to: string): void {
  copyFileSync(from, to, constants.COPYFILE_EXCL);
  chmodSync(to, 0o600);
  settle(to);
}
