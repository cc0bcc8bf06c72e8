// Pieces of the long run beside each other, each lane a process of its own.
import { fork } from "node:child_process";
import { type Piece, type RunPiece, runPiece, type Told } from "./piece.ts";

/** @param script what calls `answerPieces` in the process of a lane */
export const newLanes =
  (script: string) =>
  (jobs: number): readonly RunPiece[] =>
    jobs === 1 ? [runPiece] : Array.from({ length: jobs }, () => newLane(script));

function newLane(script: string): RunPiece {
  const child = fork(script);
  return (piece) =>
    new Promise((resolve, reject) => {
      const died = (code: number | null, signal: string | null) =>
        reject(new Error(`seed ${piece.seed} ended with ${signal ?? String(code)}`));
      child.once("exit", died);
      child.once("message", (told) => {
        child.off("exit", died);
        // Nobody else writes to this process.
        resolve(told as Told);
      });
      child.send(piece);
    });
}

/** Runs what the process that started this one asks for. */
export function answerPieces(): void {
  process.on("message", (piece: Piece) => void runPiece(piece).then((told) => process.send?.(told)));
}
