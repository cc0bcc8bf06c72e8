// What may be said to the backup command and to the restore command.
import { parseArgs } from "node:util";
import { Problem } from "#server/start/problem.ts";
import type { PutBackOptions } from "./put-back.ts";
import type { TakeOptions } from "./take.ts";

export const backupHelp = `Copies the embedded store with accounts and access log, also while the service runs.

  npm run backup -- --to DIR [--data FOLDER]

  --to DIR          a new or empty folder; each backup gets one of its own
  --data FOLDER     the data folder; also DATA_DIR (./data)
  --help            print this, and end

With --couch the records are in CouchDB: docs/backup.md says how to copy that.
`;

export const restoreHelp = `Puts a backup back, while the service is stopped. It is verified before anything is replaced.

  npm run restore -- --from DIR [--data FOLDER]

  --from DIR        the backup
  --data FOLDER     where to; what this folder holds is kept aside in it. Without this
                    option only into an empty one; also DATA_DIR (./data)
  --help            print this, and end
`;

type Environment = Readonly<Record<string, string | undefined>>;

const text = { type: "string" } as const;
const help = { type: "boolean" } as const;

/** @returns "help" when asked for. @throws Problem for an option that is not known or makes no sense */
export function readBackupCommand(args: readonly string[], environment: Environment): TakeOptions | "help" {
  const values = plainly(
    () => parseArgs({ args: [...args], options: { to: text, data: text, help } }).values,
  );
  if (values.help === true) return "help";
  if (values.to === undefined) throw new Problem("Where to? Name a new folder with --to DIR, or try --help.");
  if (values.data === undefined && environment["COUCH_URL"])
    throw new Problem(
      "COUCH_URL is set: the records are in CouchDB. docs/backup.md says how to copy that; --data names a folder.",
    );
  return { to: values.to, data: values.data ?? dataOf(environment) };
}

/** @returns "help" when asked for. @throws Problem for an option that is not known or makes no sense */
export function readRestoreCommand(
  args: readonly string[],
  environment: Environment,
): PutBackOptions | "help" {
  const values = plainly(
    () => parseArgs({ args: [...args], options: { from: text, data: text, help } }).values,
  );
  if (values.help === true) return "help";
  if (values.from === undefined)
    throw new Problem("Which backup? Name its folder with --from DIR, or try --help.");
  return {
    from: values.from,
    data: values.data ?? dataOf(environment),
    named: values.data !== undefined,
  };
}

const dataOf = (environment: Environment) => environment["DATA_DIR"] || "./data";

function plainly<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new Problem(`${error instanceof Error ? error.message : "Unreadable options."}\nTry --help.`);
  }
}
