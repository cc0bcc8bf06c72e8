// Sets up what a district hub exchanges with the centre. Node 20 alone; repeatable. README.md says in which order.
//   replicate.mjs account --sites A,B             at the centre: the account under which the hub replicates
//   replicate.mjs directory --sites A,B           at the hub: fetches the directory once, before provisioning
//   replicate.mjs start --sites A,B               at the hub: replicates for good, both ways
// COUCH_URL names the CouchDB of the machine it runs on; CENTRE_URL the centre's address for hubs (https://...);
// HUB_NAME and HUB_PASSWORD the account.
import { randomBytes } from "node:crypto";
import { parseArgs } from "node:util";
import { signIn } from "#deploy/check/ask.mjs";

/** @typedef {{ name: string, password: string }} Account */

/** The rule stays at home: each side's provisioning puts its own. */
const recordsOnly = { _id: { $ne: "_design/neo-ve" } };
/** Of the directory a hub sends what its supervisors write, and no site, account or key. */
const organisationsOnly = { type: "organisation" };

/** @param {string} line */
const say = (line) => process.stdout.write(`${line}\n`);

/** @param {string} url @param {Account} account */
const endpoint = (url, { name, password }) => ({ url, auth: { basic: { username: name, password } } });

/**
 * May write as others wrote it (replicator) in its own sites' databases, and read the directory; nothing else.
 * @param {readonly string[]} sites
 */
export const rolesOf = (sites) => ["replicator", "staff", ...sites.map((site) => `cadre@${site}`)];

/**
 * At the hub itself: takes along what the directory of the centre says too.
 * @param {readonly string[]} sites
 */
export const ownRolesOf = (sites) => [...rolesOf(sites), "directory_copy"];

/**
 * The documents of `_replicator`: https://docs.couchdb.org/en/3.5.1/replication/replicator.html
 * @param {{ sites: readonly string[], centre: string, here: string, there: Account, local: Account }} what
 *   `centre`, `here`: addresses without a path; `there`: the account at the centre; `local`: at the hub
 */
export function replications({ sites, centre, here, there, local }) {
  /** @param {string} name @param {object} [up] what goes to the centre */
  const both = (name, up = recordsOnly) => [
    {
      _id: `pull ${name}`,
      source: endpoint(`${centre}/${name}`, there),
      target: endpoint(`${here}/${name}`, local),
      selector: recordsOnly,
      continuous: true,
    },
    {
      _id: `push ${name}`,
      source: endpoint(`${here}/${name}`, local),
      target: endpoint(`${centre}/${name}`, there),
      selector: up,
      continuous: true,
    },
  ];
  return [
    ...both("directory", organisationsOnly),
    ...sites.flatMap((site) => [...both(`s-${site}`), ...both(`p-${site}`)]),
  ];
}

/** @typedef {Awaited<ReturnType<typeof signIn>>} Session */

/** @param {Session} session @param {string} path @param {object} wanted */
async function put(session, path, wanted) {
  const { status, body } = await session.get(path);
  const rev = status === 200 ? { _rev: body._rev } : {};
  const answer = await session.send("PUT", path, { ...wanted, ...rev });
  if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
}

/** @param {Session} session @param {Account} account @param {readonly string[]} roles */
const putAccount = (session, { name, password }, roles) =>
  put(session, `/_users/org.couchdb.user:${encodeURIComponent(name)}`, {
    type: "user",
    name,
    password,
    roles,
  });

/** @param {string} name @returns {string} */
function setting(name) {
  const value = process.env[name];
  if (value === undefined || value === "") throw new Error(`${name} is not set in the environment.`);
  return value;
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { sites: { type: "string" } },
  });
  const [command] = positionals;
  const sites = (values.sites ?? "").split(",").filter((site) => /^[a-z][a-z0-9-]*$/.test(site));
  if (sites.length === 0) throw new Error("Name the hub's sites: --sites vn-gso-20194,vn-gso-20320");
  const session = await signIn(setting("COUCH_URL"));
  if (command === "account") {
    const account = { name: setting("HUB_NAME"), password: randomBytes(24).toString("hex") };
    await putAccount(session, account, rolesOf(sites));
    say(`HUB_NAME=${account.name}\nHUB_PASSWORD=${account.password}`);
    say("These two lines go into .env of the hub, by a safe way; they are shown once.");
    return;
  }
  const centre = setting("CENTRE_URL").replace(/\/$/, "");
  if (!centre.startsWith("https://")) throw new Error("CENTRE_URL does not begin with https://.");
  const there = { name: setting("HUB_NAME"), password: setting("HUB_PASSWORD") };
  if (command === "directory") {
    const { username, password } = new URL(setting("COUCH_URL"));
    const local = { name: decodeURIComponent(username), password: decodeURIComponent(password) };
    const { status, body } = await session.send("POST", "/_replicate", {
      source: endpoint(`${centre}/directory`, there),
      target: endpoint("http://127.0.0.1:5984/directory", local),
      create_target: true,
      selector: recordsOnly,
    });
    if (status !== 200) throw new Error(`The directory did not come: ${status} ${JSON.stringify(body)}`);
    say(`The directory is here: ${body?.history?.[0]?.docs_written ?? 0} entries. Now run provisioning.`);
    return;
  }
  if (command !== "start") throw new Error("account, directory or start?");
  // The hub's side acts under an account too, never as administrator: its password is known to nobody.
  const local = { name: "replication", password: randomBytes(24).toString("hex") };
  await putAccount(session, local, ownRolesOf(sites));
  for (const each of replications({ sites, centre, here: "http://127.0.0.1:5984", there, local })) {
    await put(session, `/_replicator/${encodeURIComponent(each._id)}`, each);
    say(each._id);
  }
  say("Wait a minute, then run the check.");
}

if (process.argv[1]?.endsWith("replicate.mjs"))
  try {
    await main();
  } catch (error) {
    say(error instanceof Error ? error.message : "It did not work.");
    process.exitCode = 1;
  }
