// The provisioning command's entry; a problem is one plain message and exit code 1.
import { help, readCommand } from "./provision/options.ts";
import { provisionByCommand } from "./provision/run-command.ts";
import { Problem } from "./start/problem.ts";

const print = (line: string) => {
  console.log(line);
};

try {
  const command = readCommand(process.argv.slice(2), process.env);
  if (command === "help") print(help);
  else await provisionByCommand(command, print);
} catch (error) {
  if (!(error instanceof Problem)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
