// The file that keeps the private half of the recovery key, until the operator puts it away.
import { readFile, writeFile } from "node:fs/promises";
import type { IdentityFile } from "#server/provision/recovery-key.ts";
import { codeOf } from "./problem.ts";

export function identityFile(path: string): IdentityFile {
  return {
    name: path,
    read: async () => {
      try {
        const text = await readFile(path, "utf8");
        return text.split("\n").find((line) => line.startsWith("AGE-SECRET-KEY-"));
      } catch (error) {
        if (codeOf(error) === "ENOENT") return undefined;
        throw error;
      }
    },
    write: (identity) =>
      writeFile(
        path,
        "# The agency's recovery key. Whoever holds it can open a device's records together with the device.\n" +
          `# Keep it away from this machine, with two people, and delete this file here.\n${identity}\n`,
        { mode: 0o600, flag: "wx" },
      ),
  };
}
