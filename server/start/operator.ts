// The operator of the embedded record store: made once per data folder, kept in a file that only its owner reads.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { randomBytes } from "node:crypto";
import { z } from "zod";
import type { DataFolder } from "./data-folder.ts";
import { Problem } from "./problem.ts";

const schema = z.object({
  name: z.string().min(1),
  password: z.string().min(12),
  /** Key of the session cookies. */
  cookieSecret: z.string().min(32),
});
export type Operator = z.output<typeof schema>;

export const operatorFile = "admin.json";

/** @throws Problem where the file is there and cannot be read */
export function readOperator(folder: DataFolder): Operator {
  const path = folder.file(operatorFile);
  if (!existsSync(path)) {
    const made: Operator = {
      name: "operator",
      password: randomBytes(24).toString("base64url"),
      cookieSecret: randomBytes(32).toString("hex"),
    };
    writeFileSync(path, `${JSON.stringify(made, undefined, 2)}\n`, { mode: 0o600, flag: "wx" });
  }
  try {
    return schema.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    throw new Problem(`${path} is damaged. Put it back from a backup; the records are not affected.`);
  }
}
