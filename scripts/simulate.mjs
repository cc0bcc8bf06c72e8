// Loads the simulation of devices and centre as it stands in the sources, and runs it.
import { runnerImport } from "vite";

const { module } = await runnerImport("./tests/sync/simulation/main.ts", {
  configFile: false,
  logLevel: "error",
});
const failures = await module.main(process.argv.slice(2), console.log);
process.exit(failures > 0 ? 1 : 0);
