// The long run: `npm run simulate -- --seeds N --devices N --ops N`; prints a table and the seed of every failure.
import { parseArgs } from "node:util";
import { type Outcome, simulate } from "./run.ts";

const usage = "npm run simulate -- [--seeds N] [--from SEED] [--devices N] [--ops N of each device]";

const whole = (name: string, text: string): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} must be a whole number from 1 on`);
  return value;
};

interface Settings {
  readonly seeds: number;
  readonly from: number;
  readonly devices: number;
  readonly operations: number;
}

function settingsOf(args: readonly string[]): Settings {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seeds: { type: "string", default: "50" },
      from: { type: "string", default: "1" },
      devices: { type: "string", default: "4" },
      ops: { type: "string", default: "100" },
    },
  });
  return {
    seeds: whole("seeds", values.seeds),
    from: whole("from", values.from),
    devices: whole("devices", values.devices),
    operations: whole("ops", values.ops),
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

/** Runs every seed; the number of seeds that failed. */
export async function main(args: readonly string[], print: (text: string) => void): Promise<number> {
  let settings: Settings;
  try {
    settings = settingsOf(args);
  } catch (error) {
    print(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
    return 1;
  }
  const { seeds, from, devices, operations } = settings;
  const strikes = new Map<string, number>();
  const failed: number[] = [];
  let sums = { saves: 0, lost: 0, divergent: 0, untrue: 0 };
  print(`${seeds} seeds, ${devices} devices, ${operations} operations each\n${header}`);
  for (let seed = from; seed < from + seeds; seed++) {
    const began = process.cpuUsage();
    const outcome = await simulate({ seed, devices, operations });
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
