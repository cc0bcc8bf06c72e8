// Pieces of the long run beside each other, each lane a process of its own.
import { fork } from "node:child_process";
import { type Piece, type RunPiece, runPiece, type Told } from "./piece.ts";

/**
 * @param script what calls `answerPieces` in the process of a lane
 * @param built path of the module that has it
 */
export const newLanes =
  (script: string, built: string) =>
  (jobs: number): readonly RunPiece[] =>
    jobs === 1 ? [runPiece] : Array.from({ length: jobs }, () => newLane(script, built));

function newLane(script: string, built: string): RunPiece {
  // There are as many lanes as processors: threads of one would only be in the way of another.
  const child = fork(script, [built], { execArgv: ["--single-threaded-gc"] });
  const end = new Promise<string>((resolve) => {
    child.once("exit", (code, signal) => resolve(signal ?? String(code)));
  });
  return (piece) => {
    const told = new Promise<Told>((resolve) => {
      // Nobody else writes to this process.
      child.once("message", (said) => resolve(said as Told));
    });
    // Where this cannot be written, its end tells why.
    child.send(piece, () => undefined);
    const died = end.then((how) => {
      throw new Error(`seed ${piece.seed} ended with ${how}`);
    });
    return Promise.race([told, died]);
  };
}

/** Runs what the process that started this one asks for. */
export function answerPieces(): void {
  process.on("message", (piece: Piece) => void runPiece(piece).then((told) => process.send?.(told)));
}
