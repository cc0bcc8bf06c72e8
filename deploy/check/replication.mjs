// Whether a hub and the centre exchange what they should, in both directions, and over TLS.

/** @param {readonly string[]} sites @returns {string[]} ids of the documents that replicate.mjs writes */
export const replicationsOf = (sites) => [
  "pull directory",
  "push directory",
  ...sites.flatMap((site) =>
    ["s", "p"].flatMap((kind) => ["pull", "push"].map((way) => `${way} ${kind}-${site}`)),
  ),
];

/**
 * @param {import("./report.mjs").Report} report
 * @param {import("./couchdb.mjs").Session} session of an administrator of the hub's CouchDB
 * @param {readonly string[]} sites that the hub serves
 */
export async function checkReplication(report, session, sites) {
  report.section("Replication with the centre");
  const { status, body } = await session.get("/_scheduler/docs/_replicator?limit=10000");
  if (status !== 200) {
    report.wrong(
      `the state of replications is not given out (${status})`,
      "this must be the hub's own CouchDB, asked as its administrator",
    );
    return;
  }
  /** @type {{ doc_id: string, state: string | null, source: string, target: string, info?: any }[]} */
  const jobs = body?.docs ?? [];
  const known = new Map(jobs.map((job) => [job.doc_id, job]));
  for (const id of replicationsOf(sites)) {
    const job = known.get(id);
    if (job === undefined) {
      report.wrong(`"${id}" does not exist`, "run replicate.mjs start again (deploy/hub/README.md)");
      continue;
    }
    const { state, info, source, target } = job;
    const remote =
      [source, target].find((url) => !/^http:\/\/(?:localhost|127\.0\.0\.1)[:/]/.test(url)) ?? "";
    if (!remote.startsWith("https://"))
      report.wrong(
        `"${id}" does not use TLS: ${withoutPassword(remote)}`,
        "the centre's address starts with https://",
      );
    if (state === "running" || state === "pending") {
      if (Number(info?.doc_write_failures ?? 0) > 0)
        report.wrong(
          `"${id}": ${info.doc_write_failures} records were refused on the other side`,
          "is the rule the same on both? Run provisioning of one version on both",
        );
      else report.ok(`"${id}" ${state}, ${info?.changes_pending ?? 0} still to go`);
    } else
      report.wrong(
        `"${id}" is ${state}: ${withoutPassword(String(info?.error ?? "no reason given"))}`,
        "a line that is down mends itself within the hour; a refused password does not",
      );
  }
  for (const id of known.keys())
    if (!replicationsOf(sites).includes(id))
      report.look(`"${id}" runs too`, "it is none of ours, or of a site that is not named here");
}

/** @param {string} text */
const withoutPassword = (text) => text.replaceAll(/\/\/[^/@\s]*@/g, "//");
