// The endpoint as the product starts it: the record rule over the databases of a commune, its neighbour and the directory.
import { parseDatabase } from "#src/domain/record/databases.ts";
import { recordRule } from "#server/rule/record-rule.ts";
import { ruleTable } from "#server/rule/rule-table.ts";
import { startHarness, type Harness } from "#tests/server/couch/harness.ts";
import { commune, directory, file, identity, members, neighbour } from "#tests/server/rule/sample-site.ts";

export const OTHERS_FILE = `s-${neighbour}`;
const DATABASES = [file, identity, directory, OTHERS_FILE];

export interface RecordEndpoint extends Harness {
  /** Works at the commune in every role that writes. */
  hoa: { name: string; password: string };
  /** How many documents lie in all databases together. */
  count(): Promise<number>;
}

export async function startRecordEndpoint(): Promise<RecordEndpoint> {
  const harness = startHarness({
    rule: (database, newDoc, oldDoc, userCtx, secObj) => {
      if (parseDatabase(database) !== undefined) recordRule(newDoc, oldDoc, userCtx, secObj, ruleTable);
    },
  });
  const { ask, addUser } = harness;
  for (const database of DATABASES) {
    await ask("PUT", `/${database}`);
    const roles = members[database] ?? [`cadre@${neighbour}`];
    await ask("PUT", `/${database}/_security`, { body: { members: { roles } } });
  }
  const roles = ["cadre", "social_worker", "supervisor"].map((role) => `${role}@${commune}`);
  const count = async () => {
    let sum = 0;
    for (const database of DATABASES) {
      const { body } = await ask("GET", `/${database}`);
      const own: unknown = typeof body === "object" && body !== null ? Reflect.get(body, "doc_count") : 0;
      sum += Number(own);
    }
    return sum;
  };
  return { ...harness, hoa: await addUser("hoa", ["staff", ...roles]), count };
}
