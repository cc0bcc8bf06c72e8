// What the repository may hold: small files that say what they are for, exact versions, nothing of one machine or one supplier.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";

const notOurs = new Set([".git", "node_modules", "dist", "data"]);

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !notOurs.has(name))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesIn(path) : [path];
    });
}

const files = filesIn(".");
const texts = new Map(
  files.filter((path) => !/\.(?:png|log)$/.test(path)).map((path) => [path, readFileSync(path, "utf8")]),
);
/** This file says what is forbidden, and would be its own finding. */
const written = [...texts].filter(
  ([path]) => !["package-lock.json", "tests/rules/repository.test.ts"].includes(path),
);
const product = written.filter(([path]) => /^(?:src|server)\/.*\.(?:tsx?|css)$/.test(path));

const versions = z.record(z.string(), z.string());
const manifest = z
  .object({
    dependencies: versions,
    devDependencies: versions,
    overrides: versions,
    scripts: versions,
  })
  .parse(JSON.parse(texts.get("package.json") ?? ""));

describe("every file of the product", () => {
  it("opens with a sentence that says what it is for", () => {
    const sentence = /^(?:\/\/|\/\*) [\p{Lu}`][^]*?[.:;!?]/u;
    const openings = product.map(([path, text]) => [
      path,
      text.split("\n\n")[0]?.split("\nimport ")[0] ?? "",
    ]);
    expect(openings.filter(([, opening = ""]) => !sentence.test(opening)).map(([path]) => path)).toEqual([]);
  });

  it("stands in a folder that says what is in it", () => {
    const vague = ["utils", "helpers", "common", "core", "misc", "types", "lib", "shared"];
    expect(
      product.map(([path]) => path).filter((path) => path.split(/[/.]/).some((part) => vague.includes(part))),
    ).toEqual([]);
    expect(
      product.map(([path]) => path).filter((path) => /[A-Z_]/.test(path.split("/").at(-1) ?? "")),
    ).toEqual([]);
  });
});

describe("sizes", () => {
  const lines = product
    .filter(([path]) => /\.tsx?$/.test(path))
    .map(([path, text]) => ({ path, count: text.split("\n").length - 1 }))
    .toSorted((a, b) => b.count - a.count);
  const biggest = lines.slice(0, 8).map(({ path, count }) => `${String(count)} ${path}`);

  it("are such that a file can be read in one go: nine of ten under 200 lines", async ({ annotate }) => {
    await annotate(`the biggest files:\n${biggest.join("\n")}`);
    const small = lines.filter(({ count }) => count < 200).length;
    expect(small / lines.length, biggest.join("\n")).toBeGreaterThanOrEqual(0.9);
  });

  it("keep half of the files under 100 lines", () => {
    expect(lines[Math.floor(lines.length / 2)]?.count, biggest.join("\n")).toBeLessThan(100);
  });
});

describe("nothing in the tree", () => {
  const forbidden: readonly (readonly [what: string, pattern: RegExp, example: string])[] = [
    [
      "a path of one machine",
      /(?<![\w.*/\]#)-])\/(?:home|root|Users|work|tmp)\/[\w.-]+/,
      "see /home/somebody/notes",
    ],
    ["a host of packages", /registry\.|npmjs|artifactory|verdaccio/i, "https://registry.example.org/"],
    ["the number of a ticket", /\b(?:issue|ticket|bug)s? #?\d|\(#\d+\)/i, "as issue 7 says"],
    ["a talk about how it was made", /\bhelpers?\b|\bsub-?agents?\b/i, "ask the other helper"],
    ["work left for later", /\b(?:TODO|FIXME|XXX)\b/, "// TODO: the rest"],
  ];

  it.each(forbidden)("is %s", (_what, pattern, example) => {
    expect(example).toMatch(pattern);
    const found = written.flatMap(([path, text]) =>
      text
        .split("\n")
        .flatMap((line, index) =>
          pattern.test(line) ? [`${path}:${String(index + 1)} ${line.trim()}`] : [],
        ),
    );
    expect(found).toEqual([]);
  });
});

describe("packages", () => {
  const { dependencies, devDependencies, overrides, scripts } = manifest;

  it("have exact versions", () => {
    const all = Object.entries({ ...dependencies, ...devDependencies, ...overrides });
    expect(all.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });

  it("come from wherever npm is told to take them", () => {
    const lock = texts.get("package-lock.json") ?? "";
    expect(lock).not.toContain('"resolved"');
    expect(lock).not.toMatch(/"https?:[^"]*\.tgz/);
    expect(lock).toContain('"integrity"');
  });

  it("run nothing when they are installed", () => {
    expect(
      Object.keys(scripts).filter((name) => /^(?:pre|post)?(?:install|prepare|pack)$/.test(name)),
    ).toEqual([]);
  });

  it.each([
    "react",
    "vite",
    "vite-plugin-pwa",
    "dexie",
    "rxdb",
    "zod",
    "i18next",
    "react-i18next",
    "workbox-window",
    "vitest",
    "@testing-library/react",
  ])("%s is in real use", (name) => {
    expect({ ...dependencies, ...devDependencies }).toHaveProperty([name]);
    const used = new RegExp(String.raw`(?:^import (?!type )[^;]*?from |import\()"${name}(?:/[^"]*)?"`, "m");
    expect(
      [...texts].filter(([path, text]) => /\.tsx?$/.test(path) && used.test(text)).length,
    ).toBeGreaterThan(0);
  });
});

describe("at the top", () => {
  const top = [
    "README.md",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "LICENSE",
    "package.json",
    "tsconfig.json",
    "vite.config.ts",
  ];
  const folders = ["src", "public", "locales", "tests", "server", "docs"];

  it("stands what somebody looks for first", () => {
    expect(top.filter((path) => !files.includes(path))).toEqual([]);
    expect(folders.filter((folder) => !files.some((path) => path.startsWith(`${folder}/`)))).toEqual([]);
    expect(texts.get("LICENSE")).toContain("Apache License");
  });
});
