// Writes the table of field names into docs/interface.md from the descriptions of the records.
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { format, resolveConfig } from "prettier";
import { runnerImport } from "vite";

/** @typedef {import("#src/domain/record/define.ts").Definition} Definition */
/** @typedef {import("#src/domain/record/field.ts").LeafField} LeafField */

const page = "docs/interface.md";
const marks = { begin: "<!-- field names: begin -->", end: "<!-- field names: end -->" };
/** Longer lists are named only: they stand in src/domain. */
const mostCodes = 16;

/** @param {import("#src/domain/record/field.ts").CodeList} list */
function codesOf({ name, codes }) {
  return codes.length > mostCodes
    ? `${String(codes.length)} codes, list ${name}`
    : codes.map((code) => `\`${code}\``).join(" ");
}

/** What a driver finds under the name, and which values it takes. @param {LeafField} field @returns {[input: string, values: string]} */
function inputOf(field) {
  switch (field.kind) {
    case "text":
      return ["text", `up to ${String(field.max)} characters`];
    case "note":
      return ["text area", `up to ${String(field.max)} characters`];
    case "texts":
      return ["text area", `one a line, up to ${String(field.maxItems)}`];
    case "number":
      return ["text", `${String(field.min)} to ${String(field.max)}`];
    case "yesNo":
      return ["radio", "`yes` `no`, and `unknown` where it may be answered"];
    case "date":
      return [
        "text",
        { day: "a day", month: "a day or month", year: "a day, month or year" }[field.coarsest],
      ];
    case "instant":
      return ["text, and `.time`", "a day, and a time of day at the site"];
    case "code":
      return ["radio", codesOf(field.list)];
    case "codes":
      return ["checkbox", codesOf(field.list)];
    // Where a screen lets one choose, its radios carry ids; `*.search` finds more.
    case "link":
      return [
        "radio, or none",
        `id of ${field.to === "any" ? "any record" : `a ${field.to}`}, chosen or set by the screen`,
      ];
  }
}

/**
 * The table as Markdown, one row per field of every record type that people write.
 * @param {readonly Definition[]} definitions
 * @param {typeof import("#src/domain/record/field.ts").leavesOf} leavesOf
 * @param {typeof import("#src/domain/record/define.ts").sectionOf} sectionOf
 */
function table(definitions, leavesOf, sectionOf) {
  const rows = definitions
    .filter(({ writers }) => writers.length > 0)
    .flatMap(({ type, fields }) =>
      leavesOf(fields).map(([path, field]) => {
        const [input, values] = inputOf(field);
        return `| \`${sectionOf(type)}.${path}\` | ${input} | ${values} |`;
      }),
    );
  return ["| name | input | values |", "| --- | --- | --- |", ...rows].join("\n");
}

/**
 * The page with its table made anew; equal to the page where it is up to date.
 * @param {string} text @returns {Promise<string>}
 * @throws {Error} where the page has lost its marks
 */
export async function withFieldNames(text) {
  const begin = text.indexOf(marks.begin);
  const end = text.indexOf(marks.end);
  if (begin === -1 || end < begin) throw new Error(`${page} has lost the marks of its table`);
  const load = async (/** @type {string} */ path) => (await runnerImport(path)).module;
  const { definitions } = await load("./src/domain/records/index.ts");
  const { leavesOf } = await load("./src/domain/record/field.ts");
  const { sectionOf } = await load("./src/domain/record/define.ts");
  const made = table(Object.values(definitions), leavesOf, sectionOf);
  const whole = `${text.slice(0, begin + marks.begin.length)}\n\n${made}\n\n${text.slice(end)}`;
  return format(whole, { ...(await resolveConfig(page)), parser: "markdown" });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href)
  writeFileSync(page, await withFieldNames(readFileSync(page, "utf8")));
