// One-time passwords: long, random, and the same whatever keyboard types them.
import { randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import { oneTimePassphrase } from "#server/provision/passphrase.ts";

const many = Array.from({ length: 2000 }, () => oneTimePassphrase((count) => randomBytes(count)));

it("has four groups of three syllables", () => {
  for (const text of many) expect(text).toMatch(/^([bcghklmnptv][aeiou]){3}(-([bcghklmnptv][aeiou]){3}){3}$/);
});

it("never repeats, and uses every letter about as often as it may", () => {
  expect(new Set(many).size).toBe(many.length);
  const counts = new Map<string, number>();
  for (const letter of many.join("").replaceAll("-", "")) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  const total = many.length * 12;
  for (const [letter, count] of counts) {
    const share = "aeiou".includes(letter) ? total / 5 : total / 11;
    expect(count / share, letter).toBeGreaterThan(0.85);
    expect(count / share, letter).toBeLessThan(1.15);
  }
});

it("says nothing that Telex typing would turn into a marked letter", () => {
  for (const group of many.flatMap((text) => text.split("-"))) {
    expect(group).not.toMatch(/[dfjrswxz]/);
    expect(group).not.toMatch(/([aeiou]).*\1/);
  }
});
