// Runs the pieces of a simulation that the process which started this one asks for.

// Nobody is left to be told.
process.on("disconnect", () => process.exit());

const [, , built = ""] = process.argv;
/** @type {typeof import("#tests/sync/simulation/command.ts")} */
const { answerPieces } = await import(built);
answerPieces();
