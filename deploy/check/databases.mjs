// Whether every database has the members and the rule it should have.

const ours = /^(?:directory|[sp]-[a-z][a-z0-9-]*)$/;
const system = new Set(["_users", "_replicator", "_global_changes", "neo-ve"]);

/**
 * @param {import("./report.mjs").Report} report
 * @param {import("./couchdb.mjs").Session} session of an administrator
 * @param {number | undefined} copies of each document that there should be; undefined where that is not known
 */
export async function checkDatabases(report, session, copies) {
  report.section("Databases");
  const { status, body } = await session.get("/_all_dbs");
  if (status !== 200 || !Array.isArray(body)) {
    report.wrong(`the list of databases is not given out (${status})`, "sign in as an administrator");
    return;
  }
  /** @type {string[]} */
  const names = body;
  const guarded = names.filter((name) => ours.test(name));
  report.judge(
    guarded.includes("directory"),
    `${guarded.length} databases of records`,
    "run provisioning (docs/provisioning.md)",
  );
  for (const name of names)
    if (!ours.test(name) && !system.has(name))
      report.look(`database "${name}" is none of ours`, "no rule guards it; what is it for?");
  for (const name of guarded) {
    const other = name.startsWith("s-") ? `p-${name.slice(2)}` : `s-${name.slice(2)}`;
    if (name !== "directory" && !names.includes(other))
      report.wrong(`${name} lacks ${other}`, "run provisioning again");
  }

  /** @type {Map<string, string[]>} */
  const rules = new Map();
  let sound = 0;
  for (const name of [
    ...guarded,
    ...names.filter((each) => system.has(each) && each !== "_global_changes"),
  ]) {
    const faults = await faultsOf(session, name, copies, (rule) =>
      rules.set(rule, [...(rules.get(rule) ?? []), name]),
    );
    if (faults.length === 0) sound++;
    for (const [what, todo] of faults) report.wrong(`${name}: ${what}`, todo);
  }
  report.ok(`${sound} databases are closed to others and guarded`);
  if (rules.size > 1) {
    const [[, few] = ["", []]] = [...rules].toSorted(([, a], [, b]) => a.length - b.length);
    report.wrong(
      `${rules.size} different rules; of another version: ${few.join(", ")}`,
      "run provisioning again with the same plan",
    );
  } else if (rules.size === 1)
    report.look(
      "all have one rule; whether it is today's only provisioning knows",
      "npm run provision -- --plan FILE --dry-run",
    );
}

/**
 * @param {import("./couchdb.mjs").Session} session
 * @param {string} name
 * @param {number | undefined} copies
 * @param {(rule: string) => void} tell
 * @returns {Promise<[what: string, todo: string][]>}
 */
async function faultsOf(session, name, copies, tell) {
  /** @type {[string, string][]} */
  const faults = [];
  const path = `/${encodeURIComponent(name)}`;
  const { body: security } = await session.get(`${path}/_security`);
  const members = [...(security?.members?.roles ?? []), ...(security?.members?.names ?? [])];
  if (members.length === 0)
    faults.push(["it is PUBLIC: nobody is named as member", "run provisioning again at once"]);
  /** @type {string[]} */
  const admins = [...(security?.admins?.roles ?? []), ...(security?.admins?.names ?? [])];
  if (admins.some((admin) => admin !== "_admin"))
    faults.push([`${admins.join(", ")} may change its rule`, "only _admin may; run provisioning again"]);
  if (system.has(name)) {
    if (members.some((member) => member !== "_admin"))
      faults.push([`${members.join(", ")} may read it`, "only _admin may"]);
    return faults;
  }
  const { status, body: design } = await session.get(`${path}/_design/neo-ve`);
  const rule = design?.validate_doc_update;
  if (status === 200 && typeof rule === "string") tell(rule);
  else faults.push(["no rule guards it", "run provisioning again"]);
  if (copies === undefined) return faults;
  const { body: info } = await session.get(path);
  const { q, n } = info?.cluster ?? {};
  if (q !== 1 || n !== copies)
    faults.push([
      `q=${q}, n=${n} instead of q=1, n=${copies}`,
      "made before the cluster was whole; see deploy/cluster/README.md",
    ]);
  return faults;
}
