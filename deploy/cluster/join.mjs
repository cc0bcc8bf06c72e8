// Joins three running CouchDB machines to one cluster; run again it adds whoever is missing, and says how they stand.
// Node 20 alone.
//   COUCHDB_USER=... COUCHDB_PASSWORD=... node join.mjs 10.0.0.11 10.0.0.12 10.0.0.13
// The steps are those of https://docs.couchdb.org/en/3.5.1/setup/cluster.html#the-cluster-setup-api, without the first:
// an administrator and an address to listen on, which is all that "enable_cluster" sets, each machine has from its image.
import { signIn } from "#deploy/check/ask.mjs";

const PORT = 5984;

/** @param {string} line */
const say = (line) => process.stdout.write(`${line}\n`);

/**
 * CouchDB answers 201 to a machine that it did not reach too: only the list of members says who is in.
 * @param {readonly string[]} addresses the first is the machine that is asked
 * @param {{ user: string, password: string, port?: number }} operator the same on each machine
 * @param {(line: string) => void} [told]
 * @returns {Promise<boolean>} whether all of them are connected
 */
export async function joinMachines(addresses, { user, password, port = PORT }, told = say) {
  const [first = "", ...others] = addresses;
  const session = await signIn(
    `http://${encodeURIComponent(user)}:${encodeURIComponent(password)}@${first}:${port}`,
  );
  /** @param {string} what @param {Record<string, unknown>} body */
  const step = async (what, body) => {
    const { status, body: answer } = await session.send("POST", "/_cluster_setup", body);
    if (status >= 300) throw new Error(`${what}: ${status} ${JSON.stringify(answer)}`);
    told(what);
  };
  /** @param {"all_nodes" | "cluster_nodes"} list @returns {Promise<string[]>} */
  const members = async (list) => (await session.get("/_membership")).body?.[list] ?? [];

  const known = await members("cluster_nodes");
  for (const host of others)
    if (!known.includes(`couchdb@${host}`))
      await step(`asked ${host} to join`, { action: "add_node", host, port, username: user, password });
  const missing = missingOf(addresses, await members("cluster_nodes"));
  if (missing.length > 0) {
    told(
      `Not joined: ${missing.join(", ")}. Does CouchDB run there, with the same .env, and is 5984 open to ${first}?`,
    );
    return false;
  }
  const { body: state } = await session.get("/_cluster_setup");
  if (state?.state !== "cluster_finished") await step("finished", { action: "finish_cluster" });
  const connected = await members("all_nodes");
  told(`Connected: ${connected.join(", ")}`);
  if (missingOf(addresses, connected).length === 0) return true;
  told("That is not all of them: each machine must reach the others on 5984, 4369 and 9100.");
  return false;
}

/** @param {readonly string[]} addresses @param {readonly string[]} nodes */
const missingOf = (addresses, nodes) => addresses.filter((address) => !nodes.includes(`couchdb@${address}`));

if (process.argv[1]?.endsWith("join.mjs"))
  try {
    const addresses = process.argv.slice(2);
    const { COUCHDB_USER: user = "", COUCHDB_PASSWORD: password = "" } = process.env;
    if (addresses.length !== 3 || user === "" || password === "")
      throw new Error(
        "Name the private addresses of the three machines, and COUCHDB_USER and COUCHDB_PASSWORD in the environment.",
      );
    if (!(await joinMachines(addresses, { user, password }))) process.exitCode = 1;
  } catch (error) {
    say(error instanceof Error ? error.message : "It did not work.");
    process.exitCode = 1;
  }
