// The process that the kill test kills: writes batches from several sides at once and tells what was accepted.
import { randomBytes } from "node:crypto";
import { writeSync } from "node:fs";
import { createCouch } from "#server/couch/couch.ts";

const [file = "", run = ""] = process.argv.slice(2);
const couch = createCouch({
  file,
  secret: "secret",
  now: () => Date.now(),
  randomBytes,
  admins: { operator: "operator" },
});

async function post(path: string, body: unknown): Promise<unknown> {
  const request = new Request(`http://127.0.0.1${path}`, {
    method: "POST",
    headers: {
      Authorization: `Basic ${Buffer.from("operator:operator").toString("base64")}`,
      "Content-Type": "application/json",
    },
    body: JSON.stringify(body),
  });
  const response = await couch.handle(request);
  if (response.status !== 201) throw new Error(await response.text());
  return response.json();
}

async function writeForEver(side: number): Promise<void> {
  for (let batch = 0; ; batch++) {
    const docs = Array.from({ length: 8 }, (_, row) => ({
      _id: `${run}-${String(side)}-${String(batch)}-${String(row)}`,
      text: "x".repeat(300),
    }));
    const rows = await post("/db/_bulk_docs", { docs });
    writeSync(1, `${JSON.stringify(rows)}\n`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

await Promise.all([0, 1, 2, 3].map(writeForEver));
