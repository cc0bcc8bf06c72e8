// The gate counts every test and check, carries on after a failure, and never passes when something went wrong.
import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";

const project = resolve(".");
const made: string[] = [];
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true });
});

function plant(files: Record<string, string>) {
  const folder = mkdtempSync(join(tmpdir(), "neo-ve-gate-"));
  made.push(folder);
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(join(folder, dirname(file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  return folder;
}

function run(folder: string, command: string, args: string[], path = "") {
  // The variables of the vitest around this test must not reach the one inside.
  const env = { PATH: `${path}${process.env["PATH"] ?? ""}`, HOME: process.env["HOME"] ?? folder };
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: folder, encoding: "utf8", env });
  return { status, output: stdout + stderr, lastLine: stdout.trimEnd().split("\n").at(-1) };
}

const fine = { types: "true", lint: "true", format: "true", unused: "true" };
const test = (body: string) => `import { expect, it } from "vitest";\n${body}\n`;
const passing = test(`it("holds", () => expect(1).toBe(1));`);

describe("the steps", () => {
  function verify(checks: Record<string, string>, tests: Record<string, string>) {
    const folder = plant({
      "package.json": JSON.stringify({ type: "module", scripts: checks }),
      "vitest.config.ts": `export default { test: { projects: [{ test: { name: "unit", include: ["tests/**"] } }] } };`,
      ...tests,
    });
    symlinkSync(join(project, "node_modules"), join(folder, "node_modules"));
    return run(folder, process.execPath, [join(project, "scripts/test.mjs"), "verify"]);
  }

  it("pass when all is well", () => {
    expect(verify(fine, { "tests/a.test.ts": passing })).toMatchObject({
      status: 0,
      lastLine: "5 passed, 0 failed",
    });
  });

  it("count a failing check and a failing test, and run what comes after", () => {
    const failing = test(`it("breaks", () => expect(1).toBe(2));`);
    const result = verify(
      { ...fine, types: "false" },
      { "tests/a.test.ts": passing, "tests/b.test.ts": failing },
    );
    expect(result).toMatchObject({ status: 1, lastLine: "4 passed, 2 failed" });
  });

  it("fail when a test file cannot be loaded", () => {
    const broken = `import "./missing.ts";`;
    const result = verify(fine, { "tests/a.test.ts": passing, "tests/b.test.ts": broken });
    expect(result).toMatchObject({ status: 1, lastLine: "5 passed, 1 failed" });
  });

  it("fail when a promise is left to reject after its test has passed", () => {
    const stray = test(`it("holds", () => { void Promise.reject(new Error("stray")); });`);
    expect(verify(fine, { "tests/a.test.ts": stray })).toMatchObject({
      status: 1,
      lastLine: "5 passed, 1 failed",
    });
  });

  it("fail when no test ran", () => {
    expect(verify(fine, {})).toMatchObject({ status: 1, lastLine: "4 passed, 1 failed" });
  });

  it("fail when a test is left to run alone", () => {
    const alone = test(`it.only("holds", () => expect(1).toBe(1));\nit("waits", () => expect(1).toBe(2));`);
    expect(verify(fine, { "tests/a.test.ts": alone }).status).toBe(1);
  });

  it("are refused under an unknown name", () => {
    const { status, output } = run(project, process.execPath, ["scripts/test.mjs", "everything"]);
    expect(status).not.toBe(0);
    expect(output).toContain("No such step: everything");
  });
});

describe(".ci/run", () => {
  /** Runs the gate with an npm that ends and answers as told. */
  function gate(npm: { ci: number; test: number; prints: string }) {
    const folder = plant({
      "bin/npm": `#!/bin/sh\nif [ "$1" = ci ]; then exit ${npm.ci}; fi\nprintf '${npm.prints}'\nexit ${npm.test}\n`,
    });
    chmodSync(join(folder, "bin/npm"), 0o755);
    cpSync(join(project, ".ci"), join(folder, ".ci"), { recursive: true });
    return run(folder, join(folder, ".ci/run"), [], `${join(folder, "bin")}:`);
  }

  it.each([
    ["all is well", { ci: 0, test: 0, prints: "7 passed, 0 failed\\n" }, 0, "7 passed, 0 failed"],
    [
      "something failed",
      { ci: 0, test: 1, prints: "7 passed, 2 failed\\nnpm error\\n" },
      1,
      "7 passed, 2 failed",
    ],
    ["npm ci failed", { ci: 1, test: 0, prints: "7 passed, 0 failed\\n" }, 1, "0 passed, 1 failed"],
    ["there is no result", { ci: 0, test: 0, prints: "killed\\n" }, 1, "0 passed, 1 failed"],
    ["nothing ran", { ci: 0, test: 0, prints: "0 passed, 0 failed\\n" }, 1, "0 passed, 1 failed"],
    ["npm disagrees", { ci: 0, test: 1, prints: "7 passed, 0 failed\\n" }, 1, "0 passed, 1 failed"],
  ])("when %s", (_case, npm, status, lastLine) => {
    expect(gate(npm)).toMatchObject({ status, lastLine });
  });
});
