// Runs the simulation of devices and centre, with a process for each seed that runs at the same time.
import { fileURLToPath } from "node:url";
import { loadSimulation } from "./simulation.mjs";

const { main, newLanes } = await loadSimulation();
const script = fileURLToPath(new URL("simulate-pieces.mjs", import.meta.url));
const failures = await main(process.argv.slice(2), console.log, newLanes(script));
process.exit(failures > 0 ? 1 : 0);
