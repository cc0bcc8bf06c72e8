// The backup command's entry; a problem is one plain message and exit code 1.
import { resolve } from "node:path";
import { privateKeyFile } from "./backup/data-files.ts";
import { backupHelp, readBackupCommand } from "./backup/options.ts";
import { holdsPrivateKey, leftOut, takeBackup } from "./backup/take.ts";
import { Problem } from "./start/problem.ts";

try {
  const command = readBackupCommand(process.argv.slice(2), process.env);
  if (command === "help") console.log(backupHelp);
  else {
    const { takenAt, databases, documents } = await takeBackup(command, Date.now);
    console.log(
      `Backup of ${takenAt}: ${String(databases)} databases, ${String(documents)} documents, verified, in ${resolve(command.to)}.`,
    );
    for (const name of leftOut(command.data)) console.log(`Not in it: ${name}.`);
    if (holdsPrivateKey(command.data))
      console.log(
        `Not in it: ${privateKeyFile}. Put it away from this machine, as docs/recovery.md says: it belongs in no backup.`,
      );
    console.log("It is not sealed: encrypt it before it leaves this machine (docs/backup.md).");
  }
} catch (error) {
  if (!(error instanceof Problem)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
