// The short name of a key, which two people compare by reading it out.
import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { fingerprintOf } from "#src/domain/record/fingerprint.ts";

const key = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kgs5vqxsq9n5h2x";
const print = (text: string) => fingerprintOf(createHash("sha256").update(text).digest());

it("is four groups of four that cannot be misread", () => {
  expect(print(key)).toMatch(/^(?:[0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
});

it("is another for a key that differs in one letter", () => {
  const all = Array.from({ length: 200 }, (_, index) => print(`${key}${String(index)}`));
  expect(new Set([...all, print(key)]).size).toBe(201);
});

it("is the beginning of SHA-256 in base 32", () => {
  // FIPS 180-4: SHA-256("abc") begins with ba7816bf 8f01cfea 4141.
  const bits = 0xba7816bf8f01cfea4141n.toString(2).padStart(80, "0");
  const letters = (bits.match(/.{5}/g) ?? []).map((five) =>
    "0123456789ABCDEFGHJKMNPQRSTVWXYZ".charAt(Number.parseInt(five, 2)),
  );
  expect(print("abc").replaceAll("-", "")).toBe(letters.join(""));
});
