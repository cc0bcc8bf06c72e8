// The restore command's entry; a problem is one plain message and exit code 1.
import { randomBytes } from "node:crypto";
import { readRestoreCommand, restoreHelp } from "./backup/options.ts";
import { putBack } from "./backup/put-back.ts";
import { Problem } from "./start/problem.ts";

try {
  const command = readRestoreCommand(process.argv.slice(2), process.env);
  if (command === "help") console.log(restoreHelp);
  else {
    const { manifest, data, aside } = await putBack(command, {
      now: Date.now,
      randomBytes: (count) => randomBytes(count),
    });
    console.log(
      `The backup of ${manifest.takenAt} is back in ${data}: ${String(manifest.databases)} databases, ${String(manifest.documents)} documents.`,
    );
    if (aside !== undefined)
      console.log(`The old data is in ${aside}. Delete it when it is not needed any more: it is as secret.`);
    console.log(
      "Devices notice, and read everything anew. Then run provisioning with --prune: accounts that were closed",
    );
    console.log("and passwords that were changed since the backup are as they were (docs/backup.md).");
  }
} catch (error) {
  if (!(error instanceof Problem)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
