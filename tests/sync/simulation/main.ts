// The long run: `npm run simulate -- --seeds N --devices N --ops N`; prints a table and the seed of every failure.
import { parseArgs } from "node:util";
import { type MakeCentre, memoryCentre, realCentre } from "./centres.ts";
import { indexedDbEnvelopes } from "./indexeddb-envelopes.ts";
import { type Course, type Outcome, simulate as simulateCourse } from "./run.ts";

const usage =
  "npm run simulate -- [--seeds N] [--from SEED] [--devices N] [--ops N of each device] [--centre memory|real] [--store memory|indexeddb]";

const whole = (name: string, text: string): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} must be a whole number from 1 on`);
  return value;
};

const oneOf = <T>(name: string, choices: Readonly<Record<string, T>>, text: string): T => {
  const chosen = Object.entries(choices).find(([choice]) => choice === text);
  if (!chosen) throw new Error(`--${name} must be ${Object.keys(choices).join(" or ")}`);
  return chosen[1];
};

const centres: Readonly<Record<string, MakeCentre>> = { memory: memoryCentre, real: realCentre };
const stores: Readonly<Record<string, Pick<Course, "store">>> = {
  memory: {},
  indexeddb: { store: indexedDbEnvelopes },
};

const inWords: Readonly<Record<string, string>> = {
  "centre memory": "a centre in memory that answers as the real endpoint does",
  "centre real": "the real endpoint",
  "store memory": "envelopes in memory",
  "store indexeddb": "envelopes in RxDB on Dexie, on an IndexedDB in memory",
};

function settingsOf(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seeds: { type: "string", default: "50" },
      from: { type: "string", default: "1" },
      devices: { type: "string", default: "4" },
      ops: { type: "string", default: "100" },
      centre: { type: "string", default: "memory" },
      store: { type: "string", default: "memory" },
    },
  });
  return {
    seeds: whole("seeds", values.seeds),
    from: whole("from", values.from),
    devices: whole("devices", values.devices),
    operations: whole("ops", values.ops),
    centre: oneOf("centre", centres, values.centre),
    ...oneOf("store", stores, values.store),
    parts: `${inWords[`centre ${values.centre}`] ?? ""}; ${inWords[`store ${values.store}`] ?? ""}`,
  };
}

const header = "seed    saves      met  busiest     lost  divergent  untrue  ms/op";
const line = (outcome: Outcome, msEach: number) =>
  [
    String(outcome.seed).padEnd(6),
    String(outcome.saves).padStart(6),
    String(outcome.met).padStart(8),
    String(outcome.busiest).padStart(8),
    String(outcome.lost.length).padStart(8),
    String(outcome.divergent.length).padStart(10),
    String(outcome.untrue.length).padStart(7),
    msEach.toFixed(1).padStart(6),
  ].join(" ");

/**
 * Runs every seed; the number of seeds that failed. The time of an operation is that of the processor.
 * @param simulate what runs a course; another one in the test of this
 */
export async function main(
  args: readonly string[],
  print: (text: string) => void,
  simulate: (course: Course) => Promise<Outcome> = simulateCourse,
): Promise<number> {
  let settings: ReturnType<typeof settingsOf>;
  try {
    settings = settingsOf(args);
  } catch (error) {
    print(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
    return 1;
  }
  const { seeds, from, devices, operations, parts, ...kinds } = settings;
  const strikes = new Map<string, number>();
  const failed: number[] = [];
  let sums = { saves: 0, lost: 0, divergent: 0, untrue: 0 };
  print(`${seeds} seeds, ${devices} devices, ${operations} operations each\n${parts}\n${header}`);
  for (let seed = from; seed < from + seeds; seed++) {
    const began = process.cpuUsage();
    const outcome = await simulate({ ...kinds, seed, devices, operations });
    const { user, system } = process.cpuUsage(began);
    print(line(outcome, (user + system) / 1000 / (devices * operations)));
    for (const [name, count] of outcome.strikes) strikes.set(name, (strikes.get(name) ?? 0) + count);
    const { lost, divergent, untrue } = outcome;
    sums = {
      saves: sums.saves + outcome.saves,
      lost: sums.lost + lost.length,
      divergent: sums.divergent + divergent.length,
      untrue: sums.untrue + untrue.length,
    };
    if (lost.length + divergent.length + untrue.length === 0) continue;
    failed.push(seed);
    for (const what of [...lost, ...divergent, ...untrue].slice(0, 20)) print(`  ${what}`);
  }
  print("\nfault                 struck");
  for (const [name, count] of [...strikes].toSorted(([a], [b]) => (a < b ? -1 : 1)))
    print(`${name.padEnd(20)} ${String(count).padStart(7)}`);
  print(
    `\n${sums.saves} saves acknowledged, ${sums.lost} lost, ${sums.divergent} divergent, ${sums.untrue} untrue` +
      (failed.length > 0 ? `\nfailed seeds: ${failed.join(", ")}` : ""),
  );
  return failed.length;
}
