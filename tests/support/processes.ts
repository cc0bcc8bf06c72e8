// Finds every process of a browser profile and ends them all at once; reads /proc, so Linux only.
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

interface Process {
  pid: number;
  parent: number;
  arguments: string[];
}

/** Undefined for a process that has ended, also where nobody has collected it yet. */
function read(pid: number): Process | undefined {
  try {
    // "pid (name) state parent ...": the name may hold anything, so read after its last bracket.
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const [state, parent] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    if (state === "Z" || state === "X") return undefined;
    return {
      pid,
      parent: Number(parent),
      arguments: readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0"),
    };
  } catch {
    return undefined;
  }
}

/** The browser process of a profile and all that descend from it or name the profile, crash handler included. */
export function processesOfProfile(profile: string): number[] {
  const all = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((name) => read(Number(name)))
    .filter((found) => found !== undefined);
  const found = new Set(
    all
      .filter(({ arguments: [, ...words] }) => words.some((word) => names(word, profile)))
      .map(({ pid }) => pid),
  );
  let before: number;
  do {
    before = found.size;
    for (const { pid, parent } of all) if (found.has(parent)) found.add(pid);
  } while (found.size > before);
  return [...found];
}

/** Whether an argument like `--user-data-dir=PROFILE` or `--database=PROFILE/Crash Reports` names the profile. */
function names(word: string, profile: string) {
  const value = word.slice(word.indexOf("=") + 1);
  return word.startsWith("--") && (value === profile || value.startsWith(`${profile}/`));
}

/** Sends SIGKILL to all of them and waits until none runs. */
export async function killTree(pids: readonly number[]): Promise<void> {
  for (const pid of pids) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It ended by itself in between.
    }
  }
  while (pids.some((pid) => read(pid) !== undefined)) await sleep(20);
}
