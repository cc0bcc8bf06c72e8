// One course of the long run as a table tells it: plain data on both sides, so that another process can run it.
import { type MakeCentre, memoryCentre, realCentre } from "./centres.ts";
import { indexedDbEnvelopes } from "./indexeddb-envelopes.ts";
import { type Course, type Outcome, simulate as simulateCourse } from "./run.ts";

const centres = { memory: memoryCentre, real: realCentre } satisfies Record<string, MakeCentre>;
const stores = { memory: {}, indexeddb: { store: indexedDbEnvelopes } } satisfies Record<
  string,
  Pick<Course, "store">
>;

export interface Piece extends Pick<Course, "seed" | "devices" | "operations"> {
  readonly centre: keyof typeof centres;
  readonly store: keyof typeof stores;
}

export interface Told extends Pick<
  Outcome,
  "seed" | "saves" | "met" | "busiest" | "lost" | "divergent" | "untrue"
> {
  readonly strikes: readonly (readonly [name: string, count: number])[];
  /** Processor time of one operation of one device, with all that follows from it; milliseconds. */
  readonly msEach: number;
}

export type RunPiece = (piece: Piece) => Promise<Told>;

/** @param simulate what runs a course; another one in the test of this */
export async function runPiece(
  { seed, devices, operations, centre, store }: Piece,
  simulate: (course: Course) => Promise<Outcome> = simulateCourse,
): Promise<Told> {
  const began = process.cpuUsage();
  const outcome = await simulate({ seed, devices, operations, centre: centres[centre], ...stores[store] });
  const { user, system } = process.cpuUsage(began);
  const { saves, met, busiest, lost, divergent, untrue, strikes } = outcome;
  const msEach = (user + system) / 1000 / (devices * operations);
  return { seed, saves, met, busiest, lost, divergent, untrue, strikes: [...strikes], msEach };
}
