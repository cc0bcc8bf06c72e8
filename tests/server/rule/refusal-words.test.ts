// Every reason for which the rule refuses a record is explained to people, and nothing is explained that it never says.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import en from "#locales/en.json";
import id from "#locales/id.json";
import vi from "#locales/vi.json";
import { explainedRefusal, ruleWords } from "#src/ui/refusal-table.ts";

/** `refuse("role", "may not write a " + type + " here")` → `role: may not write a x here`, as the centre answers. */
function refusals(source: string): readonly string[] {
  const calls = [...source.matchAll(/refuse\(\s*("[^;]*?)\s*,?\s*\);/g)].map(([, args = ""]) => args);
  return calls.map((args) => {
    const [kind = "", ...rest] = args.split(/,\s*/);
    const words = rest.join(", ").split(/\s+\+\s+/);
    const text = words.map((word) => /^"(.*)"$/.exec(word)?.[1] ?? "x").join("");
    return `${kind.replaceAll('"', "")}: ${text}`;
  });
}
const said = refusals(readFileSync("server/rule/record-rule.ts", "utf8"));
const explainedBy = (reason: string) => ruleWords.find(([pattern]) => pattern.test(reason));

describe("what the rule says when it refuses", () => {
  it("is read whole from its source", () => {
    const source = readFileSync("server/rule/record-rule.ts", "utf8");
    // One is the function itself.
    expect(said).toHaveLength(source.split("refuse(").length - 2);
    expect(said).toContain("role: may not record this step here");
    expect(said).toContain("schema: xx: missing");
  });

  it.each(said)("%s: is explained", (reason) => {
    expect(explainedBy(reason)).toBeDefined();
  });

  it("uses every line of the table", () => {
    const used = new Set(said.map(explainedBy));
    expect(ruleWords.filter((line) => !used.has(line))).toEqual([]);
  });

  it("has both sentences in three languages: what is wrong, and what to do", () => {
    const texts: readonly Readonly<Record<string, string>>[] = [vi, en, id];
    for (const reason of [...said, "gone"])
      for (const text of texts) {
        const { meaning } = explainedRefusal({ kind: "other", reason });
        expect(text[`refusal.${meaning}.what`], reason).toBeTruthy();
        expect(text[`refusal.${meaning}.mend`], reason).toBeTruthy();
      }
  });

  it("names the question that is at fault", () => {
    const reason = "schema: homeArea.province: not a code";
    expect(explainedRefusal({ kind: "invalid", reason })).toEqual({
      meaning: "notFitting",
      path: "homeArea.province",
    });
  });

  it("is explained by its kind where the words are not the rule's", () => {
    const { meaning } = explainedRefusal({ kind: "forbidden", reason: "Another store's own words" });
    expect(meaning).toBe("forbidden");
  });
});
