// The list of record types is complete, and what the descriptions say of each other holds.
import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import type { Definition } from "#src/domain/record/define.ts";
import { type Field, type Fields } from "#src/domain/record/field.ts";
import { definitions, recordTypes } from "#src/domain/records/index.ts";

const all: readonly Definition[] = Object.values(definitions);
const folder = resolve("src/domain/records");

function isDefinition(value: unknown): value is Definition {
  return typeof value === "object" && value !== null && "type" in value && "mutability" in value && "fields" in value;
} // prettier-ignore

describe("the list of record types", () => {
  it("has every record that a file describes", async () => {
    const files = readdirSync(folder).filter((file) => file.endsWith(".ts") && file !== "index.ts");
    const exported = await Promise.all(
      files.map(async (file): Promise<readonly unknown[]> => {
        const module: object = await import(pathToFileURL(resolve(folder, file)).href);
        return Object.values(module);
      }),
    );
    const described = exported.flat().filter(isDefinition);
    expect(described.map(({ type }) => type).toSorted()).toEqual([...recordTypes].toSorted());
    expect(described.length).toBeGreaterThan(10);
  });

  it("calls each by its own name", () => {
    for (const [name, { type }] of Object.entries(definitions)) expect(type).toBe(name);
  });
});

function allFields(fields: Fields): readonly Field[] {
  return Object.values(fields).flatMap((field) =>
    field.kind === "group" ? [field, ...allFields(field.fields)] : [field],
  );
}

describe("the descriptions", () => {
  it("link only to types that exist", () => {
    const links = all.flatMap(({ fields }) => allFields(fields)).filter((field) => field.kind === "link");
    expect(links.length).toBeGreaterThan(0);
    for (const { to } of links) expect([...recordTypes, "any"]).toContain(to);
  });

  it("give each list of codes one meaning, without repetition", () => {
    const byName = new Map<string, readonly string[]>();
    for (const field of all.flatMap(({ fields }) => allFields(fields))) {
      if (field.kind !== "code" && field.kind !== "codes") continue;
      const { name, codes } = field.list;
      expect(new Set(codes).size, name).toBe(codes.length);
      expect(byName.get(name) ?? codes, name).toEqual(codes);
      byName.set(name, codes);
    }
  });

  it("never name a field like a stamp, nor with a dot or underscore", () => {
    const stamps = ["id", "type", "version", "createdAt", "createdBy", "device", "deviceTime", "updatedAt", "updatedBy", "history", "unanswered", "case", "corrects"]; // prettier-ignore
    for (const { type, fields } of all)
      for (const name of Object.keys(fields)) {
        expect(stamps, type).not.toContain(name);
        expect(name).toMatch(/^[a-z][A-Za-z]*$/);
      }
  });

  it("take steps only between states there are, each pair once", () => {
    for (const { type, transitions, fields } of all) {
      if (!transitions) continue;
      const to = fields["to"];
      const states = to?.kind === "code" ? to.list.codes : [];
      const steps = transitions.flatMap((step) => step.from.map((from) => `${from} > ${step.to}`));
      expect(new Set(steps).size, type).toBe(steps.length);
      for (const step of transitions) {
        expect(states).toContain(step.to);
        for (const from of step.from) expect([...states, "none"]).toContain(from);
        expect(step.roles.length).toBeGreaterThan(0);
      }
    }
  });

  it("never let identity into the file: names and contacts stand with the person only", () => {
    const identity = all.filter(({ database }) => database === "identity").map(({ type }) => type);
    expect(identity).toEqual(["person"]);
  });
});
