// Runs the checks and test projects in order, carries on after a failure, and ends with "N passed, N failed".
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { findChromium } from "./find-chromium.mjs";

/** Each runs an npm script of the same name and counts as one test. */
const checks = ["types", "lint", "format", "unused"];
/** Each is a vitest project whose tests are counted one by one. */
const projects = ["unit", "server", "storage", "sync", "browser"];
const verify = [...checks, "unit"];
const all = [...checks, ...projects];

/** `failures` names what failed, a line or two each.
 * @typedef {{ passed: number, failed: number, skipped: number, failures: string[] }} Counts */

/** @param {string} name @returns {Counts} */
function runCheck(name) {
  const ok = spawnSync("npm", ["run", "--silent", name], { stdio: "inherit" }).status === 0;
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0, failures: [] };
}

/** @returns {boolean} whether there is a browser to test with, installed on the way where that is possible */
function hasBrowser() {
  try {
    findChromium();
    return true;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return false;
  }
}

/**
 * A project that ends badly, runs nothing or leaves no report has failed, whatever its tests say.
 * @param {string} name
 * @param {string} reports folder for vitest's report
 * @returns {Counts}
 */
function runProject(name, reports) {
  if (name === "browser" && !hasBrowser()) return { ...nothingRan, failed: 1 };
  const report = join(reports, `${name}.json`);
  const options = [
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
    "--allowOnly=false",
  ];
  const vitest = join("node_modules", ".bin", "vitest");
  const ok = spawnSync(vitest, ["run", "--project", name, ...options], { stdio: "inherit" }).status === 0;
  const counts = readReport(report);
  const sound = ok && counts.passed + counts.failed > 0;
  return { ...counts, failed: sound ? counts.failed : Math.max(1, counts.failed) };
}

/** @type {Counts} */
const nothingRan = { passed: 0, failed: 0, skipped: 0, failures: [] };

/** @param {string} path @returns {Counts} */
function readReport(path) {
  try {
    const report = JSON.parse(readFileSync(path, "utf8"));
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = report;
    return {
      passed: numPassedTests,
      failed: numFailedTests,
      skipped: numPendingTests + numTodoTests,
      failures: testResults.flatMap(failuresOf),
    };
  } catch {
    return nothingRan;
  }
}

/**
 * @param {{ name: string, message?: string, assertionResults: { status: string, fullName: string, failureMessages: string[] }[] }} file
 * @returns {string[]}
 */
function failuresOf({ name, message, assertionResults }) {
  const path = relative(process.cwd(), name);
  const tests = assertionResults
    .filter(({ status }) => status === "failed")
    .map(({ fullName, failureMessages }) => `${path}: ${fullName}\n${beginning(failureMessages.join("\n"))}`);
  return tests.length === 0 && message ? [`${path}\n${beginning(message)}`] : tests;
}

/** @param {string} message @returns {string} its first lines, indented */
function beginning(message) {
  return message
    .split("\n")
    .slice(0, 8)
    .map((line) => `    ${line.slice(0, 300)}`)
    .join("\n");
}

/** @param {readonly string[]} wanted names of steps, or "verify"; none means all */
function choose(wanted) {
  const names = wanted.flatMap((name) => (name === "verify" ? verify : [name]));
  const unknown = names.filter((name) => !all.includes(name));
  if (unknown.length > 0)
    throw new Error(`No such step: ${unknown.join(", ")}. There are verify, ${all.join(", ")}.`);
  return names.length === 0 ? all : all.filter((name) => names.includes(name));
}

const steps = choose(process.argv.slice(2));
const reports = mkdtempSync(join(tmpdir(), "neo-ve-tests-"));
/** @type {[name: string, counts: Counts][]} */
const results = [];
for (const name of steps) {
  console.log(`\n=== ${name}`);
  results.push([name, checks.includes(name) ? runCheck(name) : runProject(name, reports)]);
}
rmSync(reports, { recursive: true });

// The names once more, at the end: whoever sees only the last lines of a long run can still tell what broke.
const failures = results.flatMap(([, counts]) => counts.failures);
if (failures.length > 0) console.log(`\n=== failed\n${failures.join("\n")}`);
console.log("\n=== result");
for (const [name, { passed, failed, skipped }] of results) {
  const note = skipped > 0 ? `, ${skipped} skipped` : "";
  console.log(
    `${failed > 0 ? "FAILED" : "ok    "} ${name.padEnd(8)} ${passed} passed, ${failed} failed${note}`,
  );
}
const passed = results.reduce((sum, [, counts]) => sum + counts.passed, 0);
const failed = results.reduce((sum, [, counts]) => sum + counts.failed, 0);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
