// What may be said to the provisioning command.
import { parseArgs } from "node:util";
import { Problem } from "#server/start/problem.ts";

export const help = `Makes sites, accounts, databases and the recovery key as a plan says. Repeatable: what is as planned stays.

  npm run provision -- --plan FILE [where] [options]
  npm run provision -- --reset-password NAME [where] [options]

  --plan FILE       the plan, JSON; an example: docs/plan.example.json
  --reset-password NAME
                    a new one-time password for this account, and nothing else

  where the records are, one of:
  --data FOLDER     the embedded store in this folder, while its service is stopped;
                    also DATA_DIR (./data)
  --couch URL       a CouchDB: http://user:password@host:5984; also COUCH_URL
  --url URL         a running service: http://127.0.0.1:8000; as the operator of --data,
                    or http://user:password@host

  --passwords FILE  write one-time passwords to this new file instead of the terminal
  --recovery-key FILE
                    where to keep the private half of the recovery key
                    (recovery-key.txt in the data folder, else here)
  --prune           disable accounts that the plan does not name
  --dry-run         say what would be done, and do nothing
  --help            print this, and end
`;

export type ProvisionTask = { do: "plan"; file: string } | { do: "resetPassword"; name: string };

export interface ProvisionCommand {
  task: ProvisionTask;
  data: string;
  couch: string | undefined;
  url: string | undefined;
  passwords: string | undefined;
  recoveryKey: string | undefined;
  prune: boolean;
  dryRun: boolean;
}

/** @returns "help" when asked for. @throws Problem for an option that is not known or makes no sense */
export function readCommand(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): ProvisionCommand | "help" {
  const values = parse(args);
  if (values.help === true) return "help";
  const { url } = values;
  const task = readTask(values);
  const elsewhere = url !== undefined || values.data !== undefined;
  const couch = values.couch ?? (elsewhere ? undefined : environment["COUCH_URL"] || undefined);
  if (couch !== undefined && elsewhere) throw new Problem("--couch excludes --data and --url.");
  return {
    task,
    data: values.data ?? (environment["DATA_DIR"] || "./data"),
    couch,
    url,
    passwords: values.passwords,
    recoveryKey: values["recovery-key"],
    prune: values.prune ?? false,
    dryRun: values["dry-run"] ?? false,
  };
}

function readTask({ plan, prune, ...values }: ReturnType<typeof parse>): ProvisionTask {
  const name = values["reset-password"];
  if (name === undefined) {
    if (plan === undefined) throw new Problem("Which plan? Name it with --plan FILE, or try --help.");
    return { do: "plan", file: plan };
  }
  if (plan !== undefined || prune === true || values["recovery-key"] !== undefined)
    throw new Problem("--reset-password stands alone: it excludes --plan, --prune and --recovery-key.");
  return { do: "resetPassword", name };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        plan: { type: "string" },
        "reset-password": { type: "string" },
        data: { type: "string" },
        couch: { type: "string" },
        url: { type: "string" },
        passwords: { type: "string" },
        "recovery-key": { type: "string" },
        prune: { type: "boolean" },
        "dry-run": { type: "boolean" },
        help: { type: "boolean" },
      },
    }).values;
  } catch (error) {
    throw new Problem(`${error instanceof Error ? error.message : "Unreadable options."}\nTry --help.`);
  }
}
