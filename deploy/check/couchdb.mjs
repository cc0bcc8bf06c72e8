// How a CouchDB is set, as far as it says so itself.

/** @typedef {Awaited<ReturnType<typeof import("./ask.mjs").signIn>>} Session */

import { ask } from "./ask.mjs";

/** @type {readonly (readonly [section: string, key: string, right: (value: string | undefined) => boolean, what: string])[]} */
const settings = [
  ["chttpd", "require_valid_user", (value) => value === "true", "nobody is served unsigned"],
  [
    "chttpd_auth_lockout",
    "mode",
    (value) => value === undefined || value === "enforce",
    "wrong passwords lock",
  ],
  ["chttpd_auth", "users_db_public", (value) => value !== "true", "accounts are not public"],
  ["chttpd_auth", "secret", (value) => (value ?? "").length >= 32, "the secret of sessions is long"],
  ["couch_peruser", "enable", (value) => value !== "true", "no databases outside the rule"],
  ["chttpd", "enable_cors", (value) => value !== "true", "no page of another origin"],
  [
    "couchdb",
    "max_document_size",
    (value) => Number.parseInt(value ?? "8000000", 10) <= 1_000_000,
    "documents of 1 MB at most",
  ],
  ["chttpd", "authentication_handlers", (value) => !(value ?? "").includes("proxy"), "no names from headers"],
];

/**
 * @param {import("./report.mjs").Report} report
 * @param {Session} session of a server administrator
 * @param {number} nodes how many machines there should be
 */
export async function checkCouchdb(report, session, nodes) {
  report.section(`CouchDB: ${session.base}`);
  const stranger = await ask(`${session.base}/_all_dbs`);
  report.judge(stranger.status === 401, "strangers get 401", "[chttpd] require_valid_user = true");
  const { body: welcome } = await session.get("/");
  report.judge(
    String(welcome?.version).startsWith("3.5."),
    `version ${welcome?.version}`,
    "the product is made for 3.5",
  );

  const { body: membership } = await session.get("/_membership");
  /** @type {string[]} */
  const known = membership?.all_nodes ?? [];
  /** @type {string[]} */
  const expected = membership?.cluster_nodes ?? [];
  report.judge(
    expected.length === nodes && expected.every((node) => known.includes(node)),
    `${nodes} machine(s) of ${expected.length} expected are connected: ${known.join(", ")}`,
    "a machine is down or was not joined; every machine must reach the others on 4369 and 9100",
  );
  for (const node of known) {
    await checkSettings(report, session, node);
    await checkHandles(report, session, node);
  }
}

/** @param {import("./report.mjs").Report} report @param {Session} session @param {string} node */
async function checkSettings(report, session, node) {
  for (const [section, key, right, what] of settings) {
    const { status, body } = await session.get(`/_node/${node}/_config/${section}/${key}`);
    const value = status === 200 && typeof body === "string" ? body : undefined;
    const shown = key === "secret" ? "" : ` (${value ?? "default"})`;
    report.judge(
      right(value),
      `${what}${shown}`,
      `[${section}] ${key} on ${node}; deploy/couchdb/neo-ve.ini has it right`,
    );
  }
}

/** @param {import("./report.mjs").Report} report @param {Session} session @param {string} node */
async function checkHandles(report, session, node) {
  const { body: most } = await session.get(`/_node/${node}/_config/couchdb/max_dbs_open`);
  const { body: open } = await session.get(`/_node/${node}/_stats/couchdb/open_databases`);
  const limit = Number.parseInt(String(most ?? "500"), 10);
  const value = Number(open?.value ?? 0);
  if (value < limit * 0.8) report.ok(`${value} of ${limit} databases open on ${node}`);
  else
    report.look(
      `${value} of ${limit} databases open on ${node}`,
      "raise [couchdb] max_dbs_open, and the file handles with it",
    );
}
