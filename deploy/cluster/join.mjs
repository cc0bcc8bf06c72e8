// Joins three running CouchDB machines to one cluster, once; run again it says how they stand. Node 20 alone.
//   COUCHDB_USER=... COUCHDB_PASSWORD=... node join.mjs 10.0.0.11 10.0.0.12 10.0.0.13
// The steps are those of https://docs.couchdb.org/en/3.5.1/setup/cluster.html#the-cluster-setup-api
import { signIn } from "#deploy/check/ask.mjs";

const addresses = process.argv.slice(2);
const { COUCHDB_USER: user = "", COUCHDB_PASSWORD: password = "" } = process.env;

/** @param {string} line */
const say = (line) => process.stdout.write(`${line}\n`);

async function join() {
  const [first = "", ...others] = addresses;
  const address = `http://${encodeURIComponent(user)}:${encodeURIComponent(password)}@${first}:5984`;
  const session = await signIn(address);
  const { body: state } = await session.get("/_cluster_setup");
  if (state?.state === "cluster_finished") say("The cluster is set up already.");
  else {
    const same = {
      bind_address: "0.0.0.0",
      username: user,
      password,
      port: 5984,
      node_count: addresses.length,
    };
    /** @param {string} what @param {Record<string, unknown>} body */
    const step = async (what, body) => {
      const { status, body: answer } = await session.send("POST", "/_cluster_setup", body);
      if (status >= 300) throw new Error(`${what}: ${status} ${JSON.stringify(answer)}`);
      say(what);
    };
    for (const host of others) {
      await step(`asked ${host} to join`, {
        action: "enable_cluster",
        ...same,
        remote_node: host,
        remote_current_user: user,
        remote_current_password: password,
      });
      await step(`added ${host}`, { action: "add_node", host, port: 5984, username: user, password });
    }
    await step("finished", { action: "finish_cluster" });
  }
  const { body: members } = await session.get("/_membership");
  say(`Connected: ${members?.all_nodes?.join(", ")}`);
  if (members?.all_nodes?.length !== addresses.length) {
    say("That is not all of them: each machine must reach the others on 5984, 4369 and 9100.");
    process.exitCode = 1;
  }
}

try {
  if (addresses.length !== 3 || user === "" || password === "")
    throw new Error(
      "Name the private addresses of the three machines, and COUCHDB_USER and COUCHDB_PASSWORD in the environment.",
    );
  await join();
} catch (error) {
  say(error instanceof Error ? error.message : "It did not work.");
  process.exitCode = 1;
}
