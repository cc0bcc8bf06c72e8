// The test projects: one per part of the product, and one for everything that needs a real browser.
import { defineConfig, type TestProjectInlineConfiguration } from "vitest/config";

/** Files that need a real browser, wherever they stand. */
const inBrowser = ["tests/e2e/**/*.test.ts", "tests/**/*.browser.test.{ts,tsx}"];
const parts = ["storage", "sync", "server"];

function project(
  name: string,
  include: string[],
  exclude: string[],
  more: TestProjectInlineConfiguration["test"] = {},
): TestProjectInlineConfiguration {
  // How long a thing takes on a busy machine is no question of these tests.
  const expect = { poll: { timeout: 60_000 } };
  return { test: { name, include, exclude, environment: "node", expect, ...more } };
}

export default defineConfig({
  test: {
    projects: [
      project(
        "unit",
        ["tests/**/*.test.{ts,tsx}"],
        [...inBrowser, ...parts.map((part) => `tests/${part}/**`)],
        { testTimeout: 30_000 },
      ),
      ...parts.map((part) =>
        project(part, [`tests/${part}/**/*.test.{ts,tsx}`], inBrowser, {
          testTimeout: 120_000,
          hookTimeout: 60_000,
        }),
      ),
      project("browser", inBrowser, [], {
        testTimeout: 600_000,
        hookTimeout: 120_000,
        fileParallelism: false,
      }),
    ],
  },
});
