// docs/interface.md says what the sources do: addresses, names of inputs, actions and data attributes, in both directions.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { withFieldNames } from "#scripts/write-field-names.mjs";
import { routes } from "#src/app/routes.tsx";
import { leavesOf } from "#src/domain/record/field.ts";
import { sectionOf } from "#src/domain/record/define.ts";
import { definitions } from "#src/domain/records/index.ts";
import { paths } from "#src/ui/addresses.ts";

const page = readFileSync("docs/interface.md", "utf8");

/** Sources of what a person sees; the gallery shows parts with made-up handles. */
const sources = readdirSync("src", { recursive: true, encoding: "utf8" })
  .filter((path) => /\.tsx?$/.test(path) && !path.startsWith(join("features", "gallery")))
  .map((path) => withoutComments(readFileSync(join("src", path), "utf8")));
const source = sources.join("\n");

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\//g, "").replaceAll(/(^|\s)\/\/.*$/gm, "$1");
}

/** Everything between a heading of level 2 and the next. */
function section(title: string): string {
  const [, text = ""] = page.split(`\n## ${title}\n`);
  return text.split("\n## ")[0] ?? "";
}

/** The cells of all tables of a text, heads left out. */
function rows(text: string): string[][] {
  const lines = text.split("\n");
  return lines.flatMap((line, index) => {
    const isHead = lines[index + 1]?.startsWith("| -") === true;
    if (!line.startsWith("| ") || line.startsWith("| -") || isHead) return [];
    return [
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    ];
  });
}

const quoted = (text: string): string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, code = ""]) => code);
const firstCells = (text: string): string[] => rows(text).flatMap(([first = ""]) => quoted(first));
const found = (pattern: RegExp): string[] => [...source.matchAll(pattern)].map(([, first = ""]) => first);
const sorted = (names: Iterable<string>): string[] => [...new Set(names)].toSorted();

/** `type X = "a" | "b"`: its members, wherever the type is written. */
function unionAfter(marker: RegExp): string[] {
  const [, union = ""] = marker.exec(source) ?? [];
  return [...union.matchAll(/"([^"]+)"/g)].map(([, member = ""]) => member);
}
const forms = unionAfter(/type CaseForm =([^;]+);/);

describe("addresses", () => {
  const table = rows(section("Addresses"));
  const addresses = (note: string) =>
    table.filter((cells) => cells[2] === note).flatMap(([address = ""]) => quoted(address));

  it("are those of the product, and what is reserved is not built", () => {
    expect(sorted([...addresses(""), ...addresses("development")])).toEqual(sorted(Object.values(paths)));
    const reserved = addresses("reserved");
    expect(reserved.length).toBeGreaterThan(0);
    expect(Object.values(paths).filter((path) => reserved.includes(path))).toEqual([]);
  });

  it("each lead to a screen once somebody is in", () => {
    expect(sorted(routes.map(({ path }) => path))).toEqual(
      sorted(addresses("").filter((path) => path !== paths.unlock)),
    );
  });

  it("name every form about a case", () => {
    const [, list = ""] = /`:form` is one of ([^.]+)\./.exec(page) ?? [];
    expect(sorted(quoted(list))).toEqual(sorted(forms));
  });

  it("name the parameters that are read from them", () => {
    const read = found(/(?:query|parameters|searchParams|URLSearchParams\([^)]*\))\.get\("(\w+)"\)/g);
    const named = quoted(section("Addresses")).map((code) => /^\?(\w+)=/.exec(code)?.[1]);
    expect(sorted(named.filter((name) => name !== undefined))).toEqual(sorted([...read, "step", "part"]));
  });
});

describe("names of inputs", () => {
  const [, afterFields = ""] = page.split("<!-- field names: end -->");
  const [other = ""] = afterFields.split("\n## ");
  const listed = firstCells(section("Names of inputs"));

  it("are made from the descriptions of the records: node scripts/write-field-names.mjs", async () => {
    expect(await withFieldNames(page)).toBe(page);
  });

  it("hold every field that a person writes", () => {
    const all = Object.values(definitions)
      .filter(({ writers }) => writers.length > 0)
      .flatMap(({ type, fields }) => leavesOf(fields).map(([path]) => `${sectionOf(type)}.${path}`));
    expect(all.filter((name) => !listed.includes(name))).toEqual([]);
  });

  it("hold every other input, and none that is not there", () => {
    const literal = found(/\sname="([^"]+)"/g);
    const made = found(/\sname=\{`([^`]+)`\}/g).map((text) => text.replaceAll(/\$\{[^}]+\}/g, "*"));
    expect(sorted(made)).toEqual(["*.search", "*.time", "*.unanswered", "clash.*", "filter.*", "fork.*"]);
    const known = (name: string) => listed.includes(name) || listed.includes(`filter.${name}`);
    expect(sorted(literal.filter((name) => !known(name)))).toEqual([]);
    const used = new Set(literal);
    const unused = firstCells(other).filter((name) => !used.has(name.replace(/^filter\./, "")));
    expect(unused).toEqual([]);
  });
});

describe("actions", () => {
  /** What an expression can give: its quoted words, or the forms where it names one. */
  function words(expression: string): string[] {
    const literals = [...expression.matchAll(/"([^"]+)"/g)].map(([, word = ""]) => word);
    if (literals.length > 0) return literals;
    if (["form", "action.kind"].includes(expression)) return forms;
    // The button hands on what its caller says.
    if (expression === "action") return [];
    throw new Error(`data-action={${expression}}: this test cannot tell what it becomes`);
  }

  it("are those of the sources", () => {
    const used = [
      ...found(/\s(?:data-)?action="([^"]+)"/g),
      ...found(/"data-action": "([^"]+)"/g),
      ...found(/\sdata-action=\{([^}]+)\}/g).flatMap(words),
      ...found(/\saction=\{([^}<]*\?[^}<]*)\}/g).flatMap(words),
    ];
    expect(sorted(firstCells(section("Buttons and links")))).toEqual(sorted(used));
  });

  it("are written in one way: small letters, words joined by a hyphen", () => {
    const names = firstCells(section("Buttons and links"));
    expect(names.filter((name) => !/^[a-z]+(-[a-z]+)*$/.test(name))).toEqual([]);
  });
});

describe("data attributes", () => {
  const table = rows(section("Data attributes"));
  const valuesOf = (attribute: string) =>
    sorted(
      table.filter(([first = ""]) => quoted(first)[0] === attribute).flatMap((row) => quoted(row[2] ?? "")),
    );

  it("are those of the sources", () => {
    const used = [
      ...found(/[\s"](data-[a-z-]+)(?=[\s=>":])/g),
      ...found(/dataset\["([a-z]+)"\]/g).map((name) => `data-${name}`),
    ];
    expect(sorted(table.flatMap(([first = ""]) => quoted(first)))).toEqual(sorted(used));
  });

  it("have the values of the sources", () => {
    expect(valuesOf("data-sync")).toEqual(
      sorted(unionAfter(/interface ExchangeState \{\s*readonly phase: ([^;]+);/)),
    );
    const states = unionAfter(/type SyncState =([\s\S]*?)\n\n/);
    expect(valuesOf("data-state")).toEqual(sorted(states));
  });
});
