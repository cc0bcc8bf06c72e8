// The long run: `npm run simulate -- --seeds N --devices N --ops N`; prints a table and the seed of every failure.
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { type Piece, type RunPiece, runPiece, type Told } from "./piece.ts";

const usage =
  "npm run simulate -- [--seeds N] [--from SEED] [--devices N] [--ops N of each device] [--jobs N] [--centre memory|real] [--store memory|indexeddb]";

const whole = (name: string, text: string): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} must be a whole number from 1 on`);
  return value;
};

const oneOf = <T extends string>(name: string, choices: Readonly<Record<T, string>>, text: string): T => {
  const isChoice = (word: string): word is T => Object.hasOwn(choices, word);
  if (!isChoice(text)) throw new Error(`--${name} must be ${Object.keys(choices).join(" or ")}`);
  return text;
};

const centreWords: Readonly<Record<Piece["centre"], string>> = {
  memory: "a centre in memory that answers as the real endpoint does",
  real: "the real endpoint",
};
const storeWords: Readonly<Record<Piece["store"], string>> = {
  memory: "envelopes in memory",
  indexeddb: "envelopes in RxDB on Dexie, on an IndexedDB in memory",
};

function settingsOf(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seeds: { type: "string", default: "50" },
      from: { type: "string", default: "1" },
      devices: { type: "string", default: "4" },
      ops: { type: "string", default: "100" },
      jobs: { type: "string", default: String(availableParallelism()) },
      centre: { type: "string", default: "memory" },
      store: { type: "string", default: "memory" },
    },
  });
  return {
    seeds: whole("seeds", values.seeds),
    from: whole("from", values.from),
    devices: whole("devices", values.devices),
    operations: whole("ops", values.ops),
    jobs: whole("jobs", values.jobs),
    centre: oneOf("centre", centreWords, values.centre),
    store: oneOf("store", storeWords, values.store),
  };
}

const header = "seed    saves      met  busiest     lost  divergent  untrue  ms/op";
const line = ({ seed, saves, met, busiest, lost, divergent, untrue, msEach }: Told) =>
  [
    String(seed).padEnd(6),
    String(saves).padStart(6),
    String(met).padStart(8),
    String(busiest).padStart(8),
    String(lost.length).padStart(8),
    String(divergent.length).padStart(10),
    String(untrue.length).padStart(7),
    msEach.toFixed(1).padStart(6),
  ].join(" ");

/** Runs the pieces on all lanes, and hands on what is told of each in their order. */
async function inOrder(
  pieces: readonly Piece[],
  lanes: readonly RunPiece[],
  tell: (told: Told) => void,
): Promise<void> {
  const ahead = new Map<number, Told>();
  let next = 0;
  let said = 0;
  await Promise.all(
    lanes.map(async (run) => {
      for (let index = next++; index < pieces.length; index = next++) {
        const piece = pieces[index];
        if (!piece) return;
        ahead.set(index, await run(piece));
        for (let told = ahead.get(said); told; told = ahead.get(said)) {
          tell(told);
          ahead.delete(said);
          said += 1;
        }
      }
    }),
  );
}

/**
 * Runs every seed; the number of seeds that failed. The time of an operation is that of the processor.
 * @param makeLanes what runs pieces, beside each other: this process alone unless told
 */
export async function main(
  args: readonly string[],
  print: (text: string) => void,
  makeLanes: (jobs: number) => readonly RunPiece[] = () => [runPiece],
): Promise<number> {
  let settings: ReturnType<typeof settingsOf>;
  try {
    settings = settingsOf(args);
  } catch (error) {
    print(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
    return 1;
  }
  const { seeds, from, jobs, ...kind } = settings;
  const { devices, operations, centre, store } = kind;
  const lanes = makeLanes(Math.min(jobs, seeds));
  const strikes = new Map<string, number>();
  const failed: number[] = [];
  let sums = { saves: 0, lost: 0, divergent: 0, untrue: 0 };
  print(
    `${seeds} seeds, ${devices} devices, ${operations} operations each\n${centreWords[centre]}; ${storeWords[store]}\n${header}`,
  );
  const began = performance.now();
  const pieces = Array.from({ length: seeds }, (_, index) => ({ ...kind, seed: from + index }));
  await inOrder(pieces, lanes, (told) => {
    print(line(told));
    for (const [name, count] of told.strikes) strikes.set(name, (strikes.get(name) ?? 0) + count);
    const { lost, divergent, untrue } = told;
    sums = {
      saves: sums.saves + told.saves,
      lost: sums.lost + lost.length,
      divergent: sums.divergent + divergent.length,
      untrue: sums.untrue + untrue.length,
    };
    if (lost.length + divergent.length + untrue.length === 0) return;
    failed.push(told.seed);
    for (const what of [...lost, ...divergent, ...untrue].slice(0, 20)) print(`  ${what}`);
  });
  const tookMs = performance.now() - began;
  const all = seeds * devices * operations;
  print("\nfault                 struck");
  for (const [name, count] of [...strikes].toSorted(([a], [b]) => (a < b ? -1 : 1)))
    print(`${name.padEnd(20)} ${String(count).padStart(7)}`);
  print(
    `\n${all} operations in ${(tookMs / 1000).toFixed(0)} s: ${(tookMs / all).toFixed(2)} ms each, ${lanes.length} beside each other`,
  );
  print(
    `\n${sums.saves} saves acknowledged, ${sums.lost} lost, ${sums.divergent} divergent, ${sums.untrue} untrue` +
      (failed.length > 0 ? `\nfailed seeds: ${failed.join(", ")}` : ""),
  );
  return failed.length;
}
