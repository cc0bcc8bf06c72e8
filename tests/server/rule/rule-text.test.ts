// The rule's text is what an old query server understands: plain ES5, the same from the source and from a bundle.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parse } from "acorn";
import { build } from "vite";
import { afterAll, describe, expect, it } from "vitest";
import { designDocument, ruleSource } from "#server/rule/design-document.ts";
import { proseCells } from "./prose-cells.ts";
import { quickJsRule } from "./quick-js.ts";
import { kindOf } from "./verdict.ts";

const folder = mkdtempSync(join(tmpdir(), "neo-ve-rule-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function bundled(): Promise<string> {
  await build({
    configFile: false,
    logLevel: "silent",
    ssr: { noExternal: true },
    build: { ssr: resolve("server/rule/design-document.ts"), outDir: folder, minify: false },
  });
  const made: { ruleSource: () => string } = await import(
    pathToFileURL(join(folder, "design-document.js")).href
  );
  return made.ruleSource();
}

const sources: readonly (readonly [string, () => string | Promise<string>])[] = [
  ["the source", ruleSource],
  ["the bundled server", bundled],
];

describe.each(sources)("the rule's text from %s", (_, source) => {
  it("is one ES5 function expression that stands on its own", async () => {
    const text = await source();
    const program = parse(`(${text})`, { ecmaVersion: 5 });
    expect(program.body).toHaveLength(1);
    expect(program.body[0]).toMatchObject({
      expression: { type: "FunctionExpression", params: { length: 4 } },
    });
    expect(() => parse("(() => 1)", { ecmaVersion: 5 })).toThrow("Unexpected token");
  });

  it("is plain ASCII, so that no line separator ends a text early", async () => {
    expect(await source()).toMatch(/^[\t\n\x20-\x7e]*$/);
  });

  it("judges in an engine that knows nothing else", async () => {
    const rule = await quickJsRule(await source());
    expect(rule.verdicts(proseCells).map(kindOf)).toEqual(proseCells.map((cell) => cell.expected));
    rule.dispose();
  });
});

describe("the design document", () => {
  it("carries the text under the name CouchDB asks for", () => {
    expect(designDocument()).toEqual({
      _id: "_design/neo-ve",
      language: "javascript",
      validate_doc_update: ruleSource(),
    });
  });
});
