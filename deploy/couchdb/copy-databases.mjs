// Copies every database, with all leaves and their histories, into new databases of another CouchDB, or of the built-in
// store: the way back from a backup. Copied so, a database is another one, and devices notice; a file that was put
// back under its old identity would hide from them what came after the backup. Node 20 alone.
//   FROM_URL=http://operator:...@old:5984 TO_URL=http://operator:...@new:5984 node copy-databases.mjs
import { signIn } from "#deploy/check/ask.mjs";

/** @typedef {Awaited<ReturnType<typeof signIn>>} Session */

const PAGE = 100;

/** @param {string} line */
const say = (line) => process.stdout.write(`${line}\n`);

/** @param {{ status: number, body: any }} answer @param {string} what */
function expectGood({ status, body }, what) {
  if (status >= 300) throw new Error(`${what}: ${status} ${JSON.stringify(body)}`);
  return body;
}

/**
 * @param {Session} from @param {Session} to
 * @param {(line: string) => void} [told]
 * @returns {Promise<number>} documents copied. Rejects where a target exists and is not empty, or a row is refused
 */
export async function copyDatabases(from, to, told = say) {
  /** @type {string[]} */
  const names = expectGood(await from.get("/_all_dbs"), "the list of databases");
  let count = 0;
  for (const name of names.filter((each) => !["_replicator", "_global_changes"].includes(each))) {
    const copied = await copyDatabase(from, to, `/${encodeURIComponent(name)}`);
    told(`${name}: ${copied}`);
    count += copied;
  }
  return count;
}

/** @param {Session} from @param {Session} to @param {string} path */
async function copyDatabase(from, to, path) {
  const before = await to.get(path);
  if (before.status === 404) expectGood(await to.send("PUT", `${path}?q=1`, undefined), `making ${path}`);
  else if (Number(before.body?.doc_count) > Number(path === "/_users"))
    throw new Error(`${path} is there already and holds documents. Copy into an empty CouchDB.`);
  let since = "0";
  let copied = 0;
  for (;;) {
    const page = expectGood(
      await from.get(`${path}/_changes?style=all_docs&limit=${PAGE}&since=${encodeURIComponent(since)}`),
      `reading ${path}`,
    );
    /** @type {{ id: string, changes: { rev: string }[] }[]} */
    const rows = page.results;
    if (rows.length === 0) break;
    const wanted = rows.flatMap(({ id, changes }) => changes.map(({ rev }) => ({ id, rev })));
    copied += await copyRevisions(from, to, path, wanted);
    since = String(page.last_seq);
  }
  if (path !== "/_users") {
    const security = expectGood(await from.get(`${path}/_security`), `members of ${path}`);
    expectGood(await to.send("PUT", `${path}/_security`, security), `members of ${path}`);
  }
  return copied;
}

/** @param {Session} from @param {Session} to @param {string} path @param {{ id: string, rev: string }[]} wanted */
async function copyRevisions(from, to, path, wanted) {
  const got = expectGood(
    await from.send("POST", `${path}/_bulk_get?revs=true`, { docs: wanted }),
    `reading ${path}`,
  );
  /** @type {any[]} */
  const docs = got.results.flatMap((/** @type {any} */ { docs: found }) =>
    found.map((/** @type {any} */ { ok }) => ok),
  );
  if (docs.length !== wanted.length || docs.some((doc) => doc === undefined))
    throw new Error(`${path}: a revision that is listed cannot be read.`);
  // CouchDB makes the design document of accounts itself.
  const sent = docs.filter((doc) => doc._id !== "_design/_auth");
  const answer = await to.send("POST", `${path}/_bulk_docs`, { docs: sent, new_edits: false });
  /** @type {any[]} */
  const refused = expectGood(answer, `writing ${path}`).filter(
    (/** @type {any} */ row) => row.error !== undefined,
  );
  if (refused.length > 0) throw new Error(`${path}: ${JSON.stringify(refused[0])}`);
  return sent.length;
}

if (process.argv[1]?.endsWith("copy-databases.mjs"))
  try {
    const { FROM_URL: fromUrl, TO_URL: toUrl } = process.env;
    if (!fromUrl || !toUrl || fromUrl === toUrl)
      throw new Error("FROM_URL and TO_URL must be set, and differ.");
    say(`${await copyDatabases(await signIn(fromUrl), await signIn(toUrl))} documents copied.`);
  } catch (error) {
    say(error instanceof Error ? error.message : "It did not work.");
    process.exitCode = 1;
  }
