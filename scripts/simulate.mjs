// Runs the simulation of devices and centre, with a process for each seed that runs at the same time.
import { fileURLToPath } from "node:url";
import { buildSimulation } from "./simulation.mjs";

const built = await buildSimulation();
/** @type {typeof import("#tests/sync/simulation/command.ts")} */
const { main, newLanes } = await import(built);
const script = fileURLToPath(new URL("simulate-pieces.mjs", import.meta.url));
const failures = await main(process.argv.slice(2), console.log, newLanes(script, built));
process.exit(failures > 0 ? 1 : 0);
