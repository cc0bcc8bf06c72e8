// The simulation of devices and centre as it stands in the sources.
import { runnerImport } from "vite";

/** @returns {Promise<typeof import("#tests/sync/simulation/command.ts")>} */
export async function loadSimulation() {
  const { module } = await runnerImport("./tests/sync/simulation/command.ts", {
    configFile: false,
    logLevel: "error",
  });
  return module;
}
