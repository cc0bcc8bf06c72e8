// The tables of rights once more, each cell sent to the endpoint as the account it is about.
import { expect, it } from "vitest";
import { recordRule } from "#server/rule/record-rule.ts";
import { ruleTable } from "#server/rule/rule-table.ts";
import { ADMIN, member, startHarness, textOf, type Harness } from "#tests/server/couch/harness.ts";
import { changeCells } from "./change-cells.ts";
import { proseCells } from "./prose-cells.ts";
import { stepCells, writeCells } from "./rights-matrix.ts";
import { kindOf, type Cell } from "./verdict.ts";

const CLOSED = "You are not allowed to access this db.";
/** Under this revision lies what a cell says was there before. */
const LYING = "1-0123456789abcdef0123456789abcdef";

class Endpoint {
  readonly #harness: Harness;
  readonly #roles = new Map<string, string>();
  readonly #security = new Map<string, string>();

  constructor() {
    this.#harness = startHarness({
      rule: (_database, newDoc, oldDoc, userCtx, secObj) => {
        // What lies there came by other ways, perhaps from another version.
        if (newDoc["_rev"] === LYING && userCtx.roles.includes("_admin")) return;
        recordRule(newDoc, oldDoc, userCtx, secObj, ruleTable);
      },
    });
  }

  /** "accepted", the kind of the refusal, or the whole reason where the rule was not even asked. */
  async answer({ newDoc, oldDoc, userCtx, secObj }: Cell): Promise<string> {
    const { ask } = this.#harness;
    const as = await this.#account(userCtx.name ?? "", userCtx.roles);
    await this.#open(String(userCtx.db), JSON.stringify(secObj));
    const path = `/${String(userCtx.db)}/${encodeURIComponent(String(newDoc["_id"]))}`;
    if (oldDoc !== null) await ask("PUT", `${path}?new_edits=false`, { body: { ...oldDoc, _rev: LYING } });
    const body = { ...newDoc, ...(oldDoc === null ? {} : { _rev: LYING }) };
    const answer = await ask("PUT", path, { as, body });
    const rev = answer.status < 300 ? textOf(answer.body, "rev") : LYING;
    if (oldDoc !== null || answer.status < 300)
      await ask("POST", `/${String(userCtx.db)}/_purge`, { body: { [String(newDoc["_id"])]: [rev] } });
    if (answer.status < 300) return "accepted";
    const reason = textOf(answer.body, "reason");
    return answer.status === 403 && reason !== CLOSED ? kindOf(reason) : reason;
  }

  async #open(database: string, security: string): Promise<void> {
    const { ask } = this.#harness;
    if (this.#security.get(database) === security) return;
    if (!this.#security.has(database)) await ask("PUT", `/${database}`);
    await ask("PUT", `/${database}/_security`, { raw: security });
    this.#security.set(database, security);
  }

  async #account(name: string, roles: readonly string[]) {
    if (roles.includes("_admin")) return ADMIN;
    const account = { name, password: "a password" };
    if (this.#roles.get(name) === roles.join()) return account;
    const { ask } = this.#harness;
    const path = `/_users/org.couchdb.user:${name}`;
    const rev = member((await ask("GET", path)).body, "_rev");
    const body = { type: "user", roles, ...account, ...(rev === undefined ? {} : { _rev: rev }) };
    const put = await ask("PUT", path, { body });
    if (put.status !== 201) throw new Error(JSON.stringify(put.body));
    this.#roles.set(name, roles.join());
    return account;
  }
}

/** Some cells ask the rule what no request could, or not in this way. */
function isSendable({ userCtx, newDoc, oldDoc }: Cell): boolean {
  return (
    userCtx.name !== null &&
    typeof userCtx.db === "string" &&
    typeof newDoc["_id"] === "string" &&
    !newDoc["_id"].startsWith("_design/") &&
    newDoc["_attachments"] === undefined &&
    newDoc["_revisions"] === undefined &&
    (oldDoc === null || (oldDoc["_id"] === newDoc["_id"] && oldDoc["_deleted"] !== true)) &&
    // It is the operator who makes such an account a member of the databases that it replicates.
    !userCtx.roles.includes("replicator")
  );
}

it(
  "says of every cell what the tables say, or does not even open the database",
  { timeout: 600_000 },
  async () => {
    const endpoint = new Endpoint();
    const cells = [...writeCells(), ...stepCells(), ...proseCells, ...changeCells]
      .filter(isSendable)
      .sort((a, b) => (a.userCtx.roles.join() < b.userCtx.roles.join() ? -1 : 1));
    expect(cells.length).toBeGreaterThanOrEqual(1_000);
    const wrong: string[] = [];
    let agreed = 0;
    for (const cell of cells) {
      const said = await endpoint.answer(cell);
      if (said === cell.expected) agreed++;
      // Who is no member learns nothing else.
      else if (said !== CLOSED || cell.expected === "accepted")
        wrong.push(`${cell.what}: expected ${cell.expected}, got ${said}`);
    }
    expect(wrong).toEqual([]);
    expect(agreed).toBeGreaterThan(500);
  },
);
