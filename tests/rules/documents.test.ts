// The documents are true: links lead somewhere, commands and paths exist, accounts, options and versions are the product's.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { minimumVersions } from "#src/app/browser-check.ts";
import { demos } from "#server/demo/demo.ts";
import { help as provisionHelp } from "#server/provision/options.ts";
import { readPlan } from "#server/provision/plan.ts";
import { help as startHelp } from "#server/start/options.ts";

const decisions = readdirSync("docs/adr").map((file) => join("docs/adr", file));
const pages = [
  "README.md",
  "ARCHITECTURE.md",
  "CHANGELOG.md",
  "docs/interface.md",
  "docs/provisioning.md",
  "docs/recovery.md",
  "docs/backup.md",
  "docs/bundles.md",
  "docs/transfers.md",
  "docs/simulation.md",
  "docs/couchdb-differences.md",
  "src/ui/README.md",
  ...["", "tls/", "single-node/", "cluster/", "kubernetes/", "hub/"].map(
    (folder) => `deploy/${folder}README.md`,
  ),
  ...decisions,
].map((path) => ({ path, text: readFileSync(path, "utf8") }));
const readme = pages[0]?.text ?? "";

const matches = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, first = ""]) => first);

const { scripts, engines } = z
  .object({ scripts: z.record(z.string(), z.string()), engines: z.object({ node: z.string() }) })
  .parse(JSON.parse(readFileSync("package.json", "utf8")));

describe.each(pages)("$path", ({ path, text }) => {
  it("links to what is there", () => {
    const links = [...matches(text, /\]\(([^)\s]+)\)/g), ...matches(text, /\ssrc="([^"]+)"/g)];
    const local = links.filter((link) => !/^(?:https?:|#)/.test(link));
    expect(local.filter((link) => !existsSync(join(dirname(path), link.split("#")[0] ?? "")))).toEqual([]);
  });

  it("names paths and commands that exist", () => {
    const code = matches(text, /`([^`\n]+)`/g);
    const paths = code.filter((name) =>
      /^(?:src|server|tests|scripts|docs|locales|public)\/[\w./-]+$/.test(name),
    );
    expect(paths.filter((name) => !existsSync(name))).toEqual([]);
    const run = matches(text, /npm run ([\w:-]+)/g);
    expect(run.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
  });
});

describe("decisions", () => {
  it("are numbered one after the other, and short", () => {
    const numbers = decisions.map((path) => Number(/(\d{4})-/.exec(path)?.[1])).toSorted((a, b) => a - b);
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
    const long = decisions.filter((path) => readFileSync(path, "utf8").split("\n").length > 50);
    expect(long).toEqual([]);
  });

  it("say why, what, and what follows", () => {
    const parts = ["Context.", "Decision.", "Consequences."];
    const missing = decisions.filter((path) => {
      const text = readFileSync(path, "utf8");
      return parts.some((part) => !text.includes(`\n${part}`));
    });
    expect(missing).toEqual([]);
  });
});

describe("the readme", () => {
  it("names the demo's accounts and their passwords", () => {
    const { plan, passwords } = demos.vn;
    const rows = plan.accounts.map(({ name }) => [name, passwords[name]]);
    expect(rows).not.toEqual([]);
    const named = [...readme.matchAll(/^\| `([\w-]+)` +\| `([^`]+)` +\|/gm)].map(([, name, password]) => [
      name,
      password,
    ]);
    expect(named).toEqual(rows);
  });

  it("names every option of the start command", () => {
    const options = matches(startHelp, /(--[a-z-]+)/g).filter(
      (option) => !["--help", "--plan"].includes(option),
    );
    expect(options.filter((option) => !readme.includes(`\`${option}`))).toEqual([]);
    expect(matches(readme, /^\| `(--[a-z-]+)/gm).filter((option) => !startHelp.includes(option))).toEqual([]);
  });

  it("names the oldest browsers and the oldest Node.js", () => {
    const { chrome, firefox, safari } = minimumVersions;
    const versions = readme.replaceAll(/\s+/g, " ");
    for (const name of [`browsers ${String(chrome)}`, `Firefox ${String(firefox)}`, `Safari ${safari}`])
      expect(versions).toContain(name);
    expect(versions).toContain(`Node.js ${engines.node.replace(">=", "")} or later`);
  });
});

describe("provisioning", () => {
  const page = readFileSync("docs/provisioning.md", "utf8");

  it("shows a plan that is right, and options that exist", () => {
    expect(readPlan(readFileSync("docs/plan.example.json", "utf8"))).toMatchObject({ ok: true });
    const named = matches(page, /(--[a-z][a-z-]+)/g);
    expect(named.length).toBeGreaterThan(5);
    const known = `${provisionHelp} ${startHelp}`;
    expect(named.filter((option) => !known.includes(option))).toEqual([]);
  });
});
