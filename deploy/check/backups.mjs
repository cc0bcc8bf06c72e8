// Whether the newest backup is fresh, whole as far as can be seen, and not readable by whoever finds it.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

const HOUR_MS = 3_600_000;

/**
 * @param {import("./report.mjs").Report} report
 * @param {{ folder: string, hours: number, now: number }} what `hours`: how old the newest may be; `now`: Unix time in milliseconds
 */
export function checkBackups(report, { folder, hours, now }) {
  report.section(`Backups: ${folder}`);
  if (!existsSync(folder)) {
    report.wrong("there is no such folder", "docs/backup.md says how to make backups");
    return;
  }
  const [newest] = readdirSync(folder)
    .filter((name) => !/(?:^\.|\.partial$)/.test(name))
    .map((name) => ({ name, at: takenAt(join(folder, name)) }))
    .filter(({ at }) => at > 0)
    .toSorted((a, b) => b.at - a.at);
  if (newest === undefined) {
    report.wrong("it holds no backup", "docs/backup.md says how to make one");
    return;
  }
  const path = join(folder, newest.name);
  const age = Math.round((now - newest.at) / HOUR_MS);
  report.judge(
    age <= hours,
    `${newest.name} is ${age} hours old`,
    "has the nightly job stopped? Is the disk full?",
  );
  if (statSync(path).isDirectory()) {
    report.judge(
      isWhole(path),
      "its files are what its manifest says",
      "take another; this one cannot be put back",
    );
    report.look("it lies there in the clear", "encrypt it before it leaves this machine (docs/backup.md)");
    return;
  }
  report.judge(
    statSync(path).size > 1_000,
    `it holds ${statSync(path).size} bytes`,
    "an empty file is no backup",
  );
  report.judge(isSealed(path), "it is encrypted", "pipe it through age (docs/backup.md)");
}

/** @param {string} path @returns {number} Unix time in milliseconds, 0 for what is no backup */
function takenAt(path) {
  const stat = statSync(path);
  if (stat.isFile()) return stat.mtimeMs;
  return Date.parse(manifestOf(path)?.takenAt ?? "") || 0;
}

/** @param {string} folder @returns {any} */
function manifestOf(folder) {
  try {
    return JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8"));
  } catch {
    return undefined;
  }
}

/** @param {string} folder */
function isWhole(folder) {
  /** @type {{ name: string, sha256: string }[]} */
  const files = manifestOf(folder)?.files ?? [];
  return (
    files.length > 0 &&
    files.every(({ name, sha256 }) => {
      const path = join(folder, name);
      return existsSync(path) && createHash("sha256").update(readFileSync(path)).digest("hex") === sha256;
    })
  );
}

/** The first line of the age format, binary or as text. @param {string} path */
function isSealed(path) {
  const start = readFileSync(path).subarray(0, 40).toString("latin1");
  return start.startsWith("age-encryption.org/v1") || start.startsWith("-----BEGIN AGE ENCRYPTED FILE-----");
}
