// A seed run twice tells the same story to the last request (D21); the long run prints what it found, and says when that is bad.
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { main } from "./main.ts";
import { type Piece, runPiece } from "./piece.ts";
import { type Course, simulate } from "./run.ts";

it("a seed run twice gives the same events and the same logs", async () => {
  const course = { seed: 77, devices: 4, operations: 40 };
  const [first, second] = [await simulate(course), await simulate(course)];
  expect(second.events).toEqual(first.events);
  expect(second.logs).toEqual(first.logs);
});

const small = ["--seeds", "2", "--from", "5", "--devices", "2", "--ops", "10"];
const run = promisify(execFile);

describe("the command", () => {
  it("prints what ran on what, a line for each seed, the faults, and the sums", async () => {
    const lines: string[] = [];
    expect(await main(small, (text) => lines.push(text))).toBe(0);
    expect(lines.join("\n")).toMatch(
      /^2 seeds, 2 devices, 10 operations each\na centre in memory .*; envelopes in memory\nseed .*\n5 .*\n6 /,
    );
    expect(lines.at(-1)).toMatch(/^\n\d+ saves acknowledged, 0 lost, 0 divergent, 0 untrue$/);
  });

  it.each(["lost", "divergent", "untrue"] as const)(
    "names the seed of which something is %s, and what",
    async (kind) => {
      const lines: string[] = [];
      const planted = async (course: Course) => {
        const outcome = await simulate(course);
        return course.seed === 6 ? { ...outcome, [kind]: ["a planted violation"] } : outcome;
      };
      const lanes = () => [(piece: Piece) => runPiece(piece, planted)];
      expect(await main(small, (text) => lines.push(text), lanes)).toBe(1);
      expect(lines.join("\n")).toMatch(/\n6 .*\n {2}a planted violation\n/);
      expect(lines.at(-1)).toMatch(/\nfailed seeds: 6$/);
    },
  );

  it.each([["--seeds", "0"], ["--ops", "x"], ["--nothing"], ["--store", "stone"], ["--jobs", "0"]])(
    "refuses %s %s with how to call it",
    async (...args) => {
      const lines: string[] = [];
      expect(await main(args, (text) => lines.push(text))).toBe(1);
      expect(lines.join("\n")).toContain("npm run simulate -- [--seeds N]");
    },
  );

  it("tells the seeds in their order, whichever of several processes is first", async () => {
    const told = async (jobs: string) => {
      const { stdout } = await run("node", ["scripts/simulate.mjs", ...small, "--jobs", jobs]);
      // All but what the clock says.
      return stdout.replaceAll(/ +[\d.]+\n/g, "\n").replace(/\n\d+ operations in .*/, "");
    };
    const [alone, beside] = await Promise.all([told("1"), told("2")]);
    expect(alone).toMatch(/\n5 .*\n6 /);
    expect(beside).toBe(alone);
  });

  it("names the seed over which a process died, and ends with 1", async () => {
    const long = ["--seeds", "2", "--ops", "100000", "--jobs", "2"];
    const simulation = spawn("node", ["scripts/simulate.mjs", ...long]);
    let complaints = "";
    simulation.stderr.on("data", (text) => (complaints += String(text)));
    await once(simulation.stdout, "data");
    const children = await readFile(`/proc/${simulation.pid}/task/${simulation.pid}/children`, "utf8");
    const [first = "", second = ""] = children.split(" ");
    process.kill(Number(first), "SIGKILL");
    const [code] = await once(simulation, "close");
    expect(code).toBe(1);
    expect(complaints).toMatch(/seed [12] ended with SIGKILL/);
    await expect.poll(() => existsSync(`/proc/${second}`), { timeout: 20_000 }).toBe(false);
  });

  it("ends with 1 where anything failed, and else with 0", async () => {
    const simulation = (...args: readonly string[]) => run("node", ["scripts/simulate.mjs", ...args]);
    await expect(simulation("--seeds", "0")).rejects.toMatchObject({ code: 1 });
    await expect(simulation("--seeds", "1", "--devices", "1", "--ops", "2")).resolves.toBeDefined();
  });
});
