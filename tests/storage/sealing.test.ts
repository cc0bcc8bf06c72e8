// Sealing: everything comes back as it was, nothing shows through, and every change is noticed.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { base64ToBytes, bytesToBase64 } from "#src/storage/base64.ts";
import type { Envelope } from "#src/storage/envelope.ts";
import { bucketSize, pad, unpad } from "#src/storage/padding.ts";
import { createSealer, type Sealer } from "#src/storage/sealer.ts";

const randomBytes = (count: number) => crypto.getRandomValues(new Uint8Array(count));

async function sealerOf(options: { key?: Uint8Array<ArrayBuffer>; keyId?: string; profile?: string } = {}) {
  const { key = new Uint8Array(32).fill(1), keyId = "k", profile = "p" } = options;
  const imported = await crypto.subtle.importKey("raw", key, "AES-GCM", false, ["encrypt", "decrypt"]);
  return createSealer(imported, keyId, profile, randomBytes);
}

async function flippedThatOpen(sealer: Sealer, envelope: Envelope, flip: (byte: number) => number) {
  const bytes = new TextEncoder().encode(envelope.b);
  const opened = await Promise.all(
    Array.from(bytes, async (byte, at) => {
      const changed = Uint8Array.from(bytes);
      changed[at] = flip(byte);
      const b = new TextDecoder("latin1").decode(changed);
      return (await sealer.open({ ...envelope, b })) === undefined ? undefined : at;
    }),
  );
  return opened.filter((at) => at !== undefined);
}

describe("sealing", () => {
  it("gives any JSON back as it was, lone surrogates included", async () => {
    const sealer = await sealerOf();
    const text = fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" }));
    // Every UTF-16 unit on its own, so halves of pairs too.
    const units = fc.array(fc.integer({ min: 0, max: 0xffff })).map((codes) => String.fromCharCode(...codes));
    const values = fc.jsonValue({ stringUnit: "binary" });
    await fc.assert(
      fc.asyncProperty(fc.oneof(values, text, units, fc.dictionary(units, values)), async (value) => {
        const json = JSON.stringify(value);
        expect(await sealer.open(await sealer.seal("e", json))).toBe(json);
      }),
    );
  });

  it("shows nothing of the text, and never the same twice", async () => {
    const sealer = await sealerOf();
    const words = "Nguyễn Thị Bưởi 0905123456";
    const [one, two] = [await sealer.seal("e", words), await sealer.seal("e", words)];
    expect(one.b).not.toBe(two.b);
    expect(one.b.slice(0, 16)).not.toBe(two.b.slice(0, 16));
    const bytes = base64ToBytes(one.b) ?? new Uint8Array();
    for (const encoding of ["utf-8", "utf-16le", "latin1"])
      expect(new TextDecoder(encoding).decode(bytes)).not.toContain("0905123456");
    expect(one.b).not.toContain(btoa("0905123456").slice(0, 12));
  });

  it("notices every changed byte of a blob", async () => {
    const sealer = await sealerOf();
    const envelope = await sealer.seal("e", JSON.stringify({ text: "x".repeat(1700) }));
    for (const flip of [(byte: number) => byte ^ 1, (byte: number) => byte ^ 0xff, () => 0x20, () => 0x3d])
      expect(await flippedThatOpen(sealer, envelope, flip)).toEqual([]);
  });

  it("opens nothing under another id, profile, key or key id", async () => {
    const envelope = await (await sealerOf()).seal("e", "text");
    expect(await (await sealerOf()).open({ ...envelope, id: "f" })).toBeUndefined();
    expect(await (await sealerOf({ profile: "q" })).open(envelope)).toBeUndefined();
    expect(await (await sealerOf({ key: new Uint8Array(32).fill(2) })).open(envelope)).toBeUndefined();
    expect(await (await sealerOf({ keyId: "l" })).open(envelope)).toBeUndefined();
    expect(await (await sealerOf({ keyId: "l" })).open({ ...envelope, k: "l" })).toBeUndefined();
  });

  it("does not fall over anything that may lie on a disk", async () => {
    const sealer = await sealerOf();
    for (const b of ["", "A", "====", "khô", btoa("short"), 7, null, undefined, {}])
      expect(await sealer.open({ id: "e", v: 1, k: "k", b } as Envelope)).toBeUndefined();
  });
});

describe("padding", () => {
  it("hides lengths: few sizes, never less than the text needs", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 20_000 }), (text) => {
        const padded = pad(text);
        const blob = bytesToBase64(new Uint8Array(padded.length + 28));
        expect(Math.log2(blob.length) % 1).toBe(0);
        expect(blob.length).toBeGreaterThanOrEqual(4096);
        expect(blob).not.toMatch(/=$/);
        expect(unpad(padded.buffer)).toBe(text.toWellFormed());
      }),
    );
  });

  it("seals every text up to 3,040 bytes into one size", () => {
    expect(new Set([0, 1, 500, 1700, 3040].map(bucketSize))).toEqual(new Set([3072]));
    expect(bucketSize(3041)).toBe(6144);
    expect(bucketSize(1_000_000)).toBe(1_572_864);
  });
});
