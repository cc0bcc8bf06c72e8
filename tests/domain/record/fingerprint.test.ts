// The short name of a key, which two people compare by reading it out.
import { expect, it } from "vitest";
import { fingerprintOf } from "#src/domain/record/fingerprint.ts";

const key = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kgs5vqxsq9n5h2x";

it("is four groups of four that cannot be misread, always the same for a key", async () => {
  const fingerprint = await fingerprintOf(key);
  expect(fingerprint).toMatch(/^(?:[0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
  expect(await fingerprintOf(key)).toBe(fingerprint);
});

it("is another for a key that differs in one letter", async () => {
  const all = await Promise.all(
    Array.from({ length: 200 }, (_, index) => fingerprintOf(`${key}${String(index)}`)),
  );
  expect(new Set([...all, await fingerprintOf(key)]).size).toBe(201);
});

it("is the beginning of SHA-256 in base 32", async () => {
  // FIPS 180-4: SHA-256("abc") begins with ba7816bf 8f01cfea 4141.
  const bits = 0xba7816bf8f01cfea4141n.toString(2).padStart(80, "0");
  const letters = (bits.match(/.{5}/g) ?? []).map((five) =>
    "0123456789ABCDEFGHJKMNPQRSTVWXYZ".charAt(Number.parseInt(five, 2)),
  );
  expect((await fingerprintOf("abc")).replaceAll("-", "")).toBe(letters.join(""));
});
