// What may be said to the start command, by flags and by the environment.
import { parseArgs } from "node:util";
import { versionPattern } from "#src/domain/app-version.ts";
import type { Country } from "#server/provision/installation.ts";
import { codeOf, Problem } from "./problem.ts";

export const help = `Starts Nẻo Về on this machine, at 127.0.0.1.

  npm start -- [options]

  --port NUMBER     where to listen; also PORT (8000)
  --data FOLDER     where everything is kept; also DATA_DIR (./data)
  --couch URL       use this CouchDB for records instead of the embedded store,
                    as http://user:password@host:5984; also COUCH_URL
  --trust-proxy     a proxy of yours stands in front and appends to X-Forwarded-For: lock
                    out by the last address in it; also TRUST_PROXY=1
  --minimum-app VERSION
                    an older app than this saves, but exchanges nothing until it is updated; also
                    MINIMUM_APP. The plan can say the same for all services of one store; the later
                    of the two holds
  --demo vn|id      made-up sites, accounts and people: Vietnam or Indonesia
                    (vn where nothing is set up yet; with --couch only when asked for)
  --no-demo         start empty; set up with: npm run provision -- --plan FILE
  --show-admin      print name and password of the embedded store's operator, and end
  --app FOLDER      the built app (dist/app)
  --help            print this, and end
`;

export interface StartOptions {
  port: number;
  data: string;
  couch: string | undefined;
  /** Believe the last address in `X-Forwarded-For`. */
  trustProxy: boolean;
  /** The oldest version of the app that may exchange records. */
  minimumApp: string | undefined;
  /** "default": a demo where nothing is set up yet. */
  demo: Country | "none" | "default";
  app: string | undefined;
  showAdmin: boolean;
  help: boolean;
}

/** @throws Problem for an option that is not known or makes no sense */
export function readOptions(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): StartOptions {
  const values = parse(args);
  const demo = values.demo;
  if (demo !== undefined && demo !== "vn" && demo !== "id")
    throw new Problem(`--demo ${demo}: there is a demo of vn (Vietnam) and of id (Indonesia).`);
  const none = values["no-demo"] ?? false;
  if (none && demo !== undefined) throw new Problem("--demo and --no-demo exclude each other.");
  return {
    port: readPort(values.port ?? (environment["PORT"] || "8000")),
    data: values.data ?? (environment["DATA_DIR"] || "./data"),
    couch: values.couch ?? (environment["COUCH_URL"] || undefined),
    trustProxy: values["trust-proxy"] ?? readSwitch(environment["TRUST_PROXY"] ?? ""),
    minimumApp: readVersion(values["minimum-app"] ?? (environment["MINIMUM_APP"] || undefined)),
    demo: none ? "none" : (demo ?? "default"),
    app: values.app,
    showAdmin: values["show-admin"] ?? false,
    help: values.help ?? false,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: "string" },
        data: { type: "string" },
        couch: { type: "string" },
        "minimum-app": { type: "string" },
        demo: { type: "string" },
        "trust-proxy": { type: "boolean" },
        "no-demo": { type: "boolean" },
        "show-admin": { type: "boolean" },
        app: { type: "string" },
        help: { type: "boolean" },
      },
    }).values;
  } catch (error) {
    throw new Problem(error instanceof Error ? `${error.message}\nTry --help.` : codeOf(error));
  }
}

/** Whatever else is written there is no yes: this opens something. */
function readSwitch(text: string): boolean {
  if (text === "1" || text === "true") return true;
  if (text === "" || text === "0" || text === "false") return false;
  throw new Problem(`TRUST_PROXY=${text}: 1 for yes, 0 for no.`);
}

function readVersion(text: string | undefined): string | undefined {
  if (text === undefined || versionPattern.test(text)) return text;
  throw new Problem(`--minimum-app ${text} is no version. It looks like 1.4.0.`);
}

function readPort(text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535) throw new Problem(`Port ${text} is no port: 0 to 65535.`);
  return port;
}
