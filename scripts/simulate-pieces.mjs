// Runs the pieces of a simulation that the process which started this one asks for.
import { loadSimulation } from "./simulation.mjs";

// Nobody is left to be told.
process.on("disconnect", () => process.exit());

const { answerPieces } = await loadSimulation();
answerPieces();
