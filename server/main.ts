// The service's entry: reads options, starts, stops on a signal; a problem is one plain message and exit code 1.
import { fileURLToPath } from "node:url";
import { openDataFolder } from "./start/data-folder.ts";
import { readOperator } from "./start/operator.ts";
import { help, readOptions } from "./start/options.ts";
import { Problem } from "./start/problem.ts";
import { start } from "./start/start.ts";

const print = (line: string) => {
  console.log(line);
};

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), process.env);
  if (options.help) {
    print(help);
    return;
  }
  if (options.showAdmin) {
    const { name, password } = readOperator(openDataFolder(options.data));
    print(`${name} ${password}`);
    return;
  }
  const app = fileURLToPath(new URL("../app", import.meta.url));
  const stop = await start(options, { app, print });
  const stopOnce = () => {
    process.off("SIGINT", stopOnce);
    process.off("SIGTERM", stopOnce);
    void stop().then(() => {
      print("service.stopped");
    });
  };
  process.on("SIGINT", stopOnce);
  process.on("SIGTERM", stopOnce);
}

try {
  await main();
} catch (error) {
  if (!(error instanceof Problem)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
