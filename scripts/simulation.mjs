// Builds the simulation of devices and centre as it stands in the sources: it runs faster so than module by module.
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { build } from "vite";

/** Where packages are found from it. */
const cache = "node_modules/.cache/simulation";

/** Path of the module, which is there as long as this process. */
export async function buildSimulation() {
  mkdirSync(cache, { recursive: true });
  const outDir = mkdtempSync(`${cache}/`);
  process.on("exit", () => {
    rmSync(outDir, { recursive: true, force: true });
  });
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));
  await build({
    configFile: false,
    logLevel: "error",
    publicDir: false,
    build: {
      ssr: "tests/sync/simulation/command.ts",
      target: "node20",
      outDir,
      minify: false,
      rolldownOptions: { output: { entryFileNames: "simulation.js" } },
    },
  });
  return resolve(outDir, "simulation.js");
}
