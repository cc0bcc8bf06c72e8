// Says plainly what is right and what is wrong on a running installation. Node 20 alone; nothing is changed.
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { signIn } from "./ask.mjs";
import { checkBackups } from "./backups.mjs";
import { checkCouchdb } from "./couchdb.mjs";
import { checkDatabases } from "./databases.mjs";
import { checkDoor } from "./door.mjs";
import { checkReplication } from "./replication.mjs";
import { openReport, summary } from "./report.mjs";

const help = `Checks a running installation. Any of:

  --url https://HOST     from outside: TLS, headers, sessions
    --http URL           the same without TLS (http://HOST)
    --ca FILE            PEM file of an authority of your own
    --account NAME       signs in as this person; the password stands in CHECK_PASSWORD
  --couch URL            http://user:password@host:5984, a server administrator; also COUCH_URL
    --nodes NUMBER       machines of the cluster (1)
    --sites A,B          a hub: the sites that it exchanges with the centre
  --store URL            the built-in store: http://operator:password@127.0.0.1:8000/db
  --backups FOLDER       where backups are kept
    --hours NUMBER       how old the newest may be (26)

Ends with exit code 1 if anything is wrong.
`;

const { values } = parseArgs({
  options: {
    url: { type: "string" },
    http: { type: "string" },
    ca: { type: "string" },
    account: { type: "string" },
    couch: { type: "string" },
    nodes: { type: "string" },
    sites: { type: "string" },
    store: { type: "string" },
    backups: { type: "string" },
    hours: { type: "string" },
    help: { type: "boolean" },
  },
});

/** @param {string} line */
const print = (line) => process.stdout.write(`${line}\n`);
const report = openReport(print);

/** @param {string} what @param {() => Promise<void>} work */
async function attempt(what, work) {
  try {
    await work();
  } catch (error) {
    report.wrong(
      `${what} could not be asked (${error instanceof Error ? error.message : "unknown"})`,
      "does it run, and is the address right?",
    );
  }
}

const couch = values.couch ?? (process.env["COUCH_URL"] || undefined);
const { url, store, backups } = values;
if (values.help || [url, couch, store, backups].every((each) => each === undefined)) print(help);
else {
  if (url !== undefined) {
    const base = url.replace(/\/$/, "");
    const password = process.env["CHECK_PASSWORD"];
    await attempt(base, () =>
      checkDoor(report, {
        url: base,
        http: values.http ?? base.replace("https:", "http:").replace(/:\d+$/, ""),
        ca: values.ca === undefined ? undefined : readFileSync(values.ca, "utf8"),
        account:
          values.account === undefined || password === undefined
            ? undefined
            : { name: values.account, password },
      }),
    );
  }
  if (couch !== undefined)
    await attempt("CouchDB", async () => {
      const nodes = Number(values.nodes ?? "1");
      const session = await signIn(couch);
      await checkCouchdb(report, session, nodes);
      await checkDatabases(report, session, Math.min(3, nodes));
      if (values.sites !== undefined) await checkReplication(report, session, values.sites.split(","));
    });
  if (store !== undefined)
    await attempt("the store", async () => checkDatabases(report, await signIn(store), undefined));
  if (backups !== undefined)
    checkBackups(report, { folder: backups, hours: Number(values.hours ?? "26"), now: Date.now() });
  print(`\n${summary(report.findings)}`);
  if (report.findings.some(({ grade }) => grade === "WRONG")) process.exitCode = 1;
}
