// The lint rules refuse every import against the directions and every impurity in the domain, and nothing else.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";

const importing = (specifier: string) => `import "${specifier}";\n`;

/** [where the file stands, its text, the rule that refuses it] */
const refused: [file: string, text: string, rule: string][] = [
  ["src/features/cases/a.ts", importing("#src/features/visits/form.ts"), "folders(directions)"],
  ["src/features/cases/b.ts", importing("#src/storage/store.ts"), "folders(directions)"],
  ["src/features/cases/c.ts", importing("#src/sync/engine.ts"), "folders(directions)"],
  ["src/features/cases/d.ts", importing("#src/app/routes.ts"), "folders(directions)"],
  ["src/features/cases/e.ts", importing("rxdb"), "folders(directions)"],
  ["src/features/cases/f.ts", importing("../visits/form.ts"), "folders(directions)"],
  ["src/features/cases/g.ts", importing("#src/ui/../storage/store.ts"), "folders(directions)"],
  ["src/features/cases/h.ts", importing("#tests/support/browser.ts"), "folders(directions)"],
  [
    "src/features/cases/i.ts",
    `export const later = () => import("#src/features/visits/form.ts");\n`,
    "folders(directions)",
  ],
  [
    "src/features/cases/j.ts",
    `export type T = import("#src/features/visits/form.ts").T;\n`,
    "folders(directions)",
  ],
  ["src/features/cases/k.ts", `export * from "#src/features/visits/form.ts";\n`, "folders(directions)"],
  [
    "src/features/cases/l.ts",
    `import type { T } from "#src/app/x.ts";\nexport type U = T;\n`,
    "folders(directions)",
  ],
  ["src/features/loose.ts", importing("./cases/a.ts"), "folders(directions)"],
  ["src/ui/a.ts", importing("#src/data/use-query.ts"), "folders(directions)"],
  ["src/ui/b.ts", importing("#src/features/cases/a.ts"), "folders(directions)"],
  ["src/ui/c.ts", importing("#src/main.tsx"), "folders(directions)"],
  ["src/i18n/a.ts", importing("#src/ui/field.ts"), "folders(directions)"],
  ["src/data/a.ts", importing("#src/storage/store.ts"), "folders(directions)"],
  ["src/data/b.ts", importing("dexie"), "folders(directions)"],
  ["src/data/c.ts", importing("rxdb/plugins/core"), "folders(directions)"],
  ["src/storage/a.ts", importing("#src/sync/engine.ts"), "folders(directions)"],
  ["src/storage/b.ts", importing("#src/i18n/t.ts"), "folders(directions)"],
  ["src/sync/a.ts", importing("#src/features/cases/a.ts"), "folders(directions)"],
  ["src/app/a.ts", importing("#src/main.tsx"), "folders(directions)"],
  ["src/app/b.ts", importing("#src/storage/store.ts"), "folders(directions)"],
  ["src/main.tsx", importing("#server/main.ts"), "folders(directions)"],
  ["src/elsewhere/a.ts", importing("#src/domain/roles.ts"), "folders(directions)"],
  ["server/a.ts", importing("#src/ui/field.ts"), "folders(directions)"],
  ["server/db/b.ts", importing("../main.ts"), "folders(directions)"],
  ["server/c.ts", importing("rxdb"), "folders(directions)"],
  ["tests/domain/a.test.ts", importing("../support/browser.ts"), "folders(directions)"],
  ["src/domain/a.ts", importing("#src/storage/store.ts"), "folders(directions)"],
  ["src/domain/b.ts", importing("react"), "folders(directions)"],
  ["src/domain/c.ts", importing("rxdb"), "folders(directions)"],
  ["src/domain/d.ts", importing("node:crypto"), "folders(directions)"],
  ["src/domain/e.ts", `export const load = () => fetch("/db");\n`, "eslint(no-restricted-globals)"],
  ["src/domain/f.ts", `export const id = () => crypto.randomUUID();\n`, "eslint(no-restricted-globals)"],
  ["src/domain/g.ts", `export const now = () => Date.now();\n`, "eslint(no-restricted-properties)"],
  ["src/domain/h.ts", `export const roll = () => Math.random();\n`, "eslint(no-restricted-properties)"],
  ["src/domain/i.ts", `export const today = () => new Date();\n`, "folders(no-clock)"],
  ["src/domain/j.ts", `export const today = () => Date();\n`, "folders(no-clock)"],
  [
    "src/features/cases/m.ts",
    `export function go() {\n  Promise.resolve(1);\n}\n`,
    "typescript(no-floating-promises)",
  ],
];

const accepted: [file: string, text: string][] = [
  ["src/main.tsx", importing("#src/storage/store.ts")],
  ["src/app/x.ts", importing("#src/features/cases/x.ts")],
  ["src/app/y.ts", `export const cases = () => import("#src/features/cases/x.ts");\n`],
  ["src/features/cases/x.ts", importing("#src/data/use-query.ts")],
  ["src/features/cases/list/x.ts", importing("#src/features/cases/x.ts")],
  ["src/features/cases/y.ts", importing("./x.ts")],
  ["src/ui/fields/x.ts", importing("#src/ui/label.ts")],
  ["src/ui/x.ts", importing("#src/i18n/t.ts")],
  ["src/i18n/x.ts", importing("#locales/vi.json")],
  ["src/data/x.ts", importing("#src/domain/ports/store.ts")],
  ["src/storage/x.ts", importing("rxdb/plugins/storage-dexie")],
  ["src/sync/x.ts", importing("#src/storage/store.ts")],
  ["src/domain/x.ts", importing("zod")],
  ["src/domain/y.ts", `export const day = (ms: number) => new Date(ms).toISOString();\n`],
  ["server/x.ts", importing("#src/domain/roles.ts")],
  ["tests/features/x.test.ts", importing("#src/storage/store.ts")],
];

const report = z.object({
  diagnostics: z.array(z.object({ code: z.string(), filename: z.string() })),
});

const project = resolve(".");
const oxlint = join(project, "node_modules/.bin/oxlint");
const copies: string[] = [];

/** Lints the given files in an empty copy of the project and gives the rules that refused each. */
function lint(files: readonly (readonly [file: string, text: string, ...rest: unknown[]])[]) {
  const copy = mkdtempSync(join(tmpdir(), "neo-ve-lint-"));
  copies.push(copy);
  for (const part of [".oxlintrc.json", "tsconfig.json", "package.json", "scripts/lint"])
    cpSync(join(project, part), join(copy, part), { recursive: true });
  symlinkSync(join(project, "node_modules"), join(copy, "node_modules"));
  for (const [file, text] of files) {
    mkdirSync(join(copy, dirname(file)), { recursive: true });
    writeFileSync(join(copy, file), text);
  }
  const run = spawnSync(oxlint, ["--type-aware", "-f", "json", "src", "server", "tests"], {
    cwd: copy,
    encoding: "utf8",
  });
  const rules = new Map<string, string[]>();
  for (const { code, filename } of report.parse(JSON.parse(run.stdout)).diagnostics) {
    const file = relative(copy, resolve(copy, filename));
    rules.set(file, [...(rules.get(file) ?? []), code]);
  }
  return rules;
}

afterAll(() => {
  for (const copy of copies) rmSync(copy, { recursive: true });
});

describe("folder directions", () => {
  let found: ReturnType<typeof lint>;
  beforeAll(() => {
    found = lint(refused);
  });

  it.each(refused)("refuses in %s: %j", (file, _text, rule) => {
    expect(found.get(file)).toContain(rule);
  });

  it("accepts what goes the right way", () => {
    expect(Object.fromEntries(lint(accepted))).toEqual({});
  });
});
