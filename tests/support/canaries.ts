// A canary text in every guise in which it could lie on a disk, and a search for all of them in one pass.

/** One form of a canary as bytes. */
interface Needle {
  canary: string;
  /** Such as `"utf-16le"`, or `"base64 of utf-8, utf-8"` for a base64 text that is itself stored as UTF-8. */
  encoding: string;
  bytes: Buffer;
}

export interface Sighting {
  canary: string;
  encoding: string;
}

const shortest = 6;

/**
 * Gives a search that reports each canary and encoding once for the bytes it is given. Besides the text itself it knows
 * its decomposed, lower-case and unmarked forms (what a search index would hold), percent-encoding and base64 at any alignment.
 * @throws {Error} for a canary so short that it would be found by chance
 */
export function canarySearch(canaries: readonly string[]): (bytes: Uint8Array) => Sighting[] {
  const needles = canaries.flatMap(needlesOf);
  const byStart = new Map<number, Needle[]>();
  const starts = new Uint8Array(0x10000);
  for (const needle of needles) {
    const start = needle.bytes.readUInt16BE(0);
    starts[start] = 1;
    byStart.set(start, [...(byStart.get(start) ?? []), needle]);
  }
  return (bytes) => {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const found = new Set<Needle>();
    let start = buffer[0] ?? 0;
    for (let at = 1; at < buffer.length; at += 1) {
      start = ((start << 8) | (buffer[at] ?? 0)) & 0xffff;
      if (starts[start] === 0) continue;
      for (const needle of byStart.get(start) ?? [])
        if (!found.has(needle) && startsWith(buffer, at - 1, needle.bytes)) found.add(needle);
    }
    return [...found].map(({ canary, encoding }) => ({ canary, encoding }));
  };
}

function startsWith(buffer: Buffer, at: number, bytes: Buffer) {
  return (
    at + bytes.length <= buffer.length && buffer.compare(bytes, 0, bytes.length, at, at + bytes.length) === 0
  );
}

function needlesOf(canary: string): Needle[] {
  if (canary.length < shortest) throw new Error(`A canary needs ${shortest} characters: ${canary}`);
  const needles = new Map<string, Needle>();
  for (const [form, text] of formsOf(canary))
    for (const [encoding, bytes] of encodingsOf(text)) {
      const key = bytes.toString("hex");
      if (!needles.has(key)) needles.set(key, { canary, encoding: form + encoding, bytes });
    }
  return [...needles.values()];
}

/** The texts that stand for a canary, each with a prefix for the name of its encoding. */
function formsOf(canary: string): [form: string, text: string][] {
  const texts: [string, string][] = [
    ["", canary.normalize("NFC")],
    ["decomposed ", canary.normalize("NFD")],
    ["lower case ", canary.normalize("NFC").toLowerCase()],
    ["unmarked ", withoutMarks(canary)],
    ["unmarked lower case ", withoutMarks(canary).toLowerCase()],
  ];
  return texts.flatMap(([form, text]): [string, string][] => [
    [form, text],
    [`${form}percent-encoded, `, encodeURIComponent(text)],
    ...base64Of(Buffer.from(text, "utf8")).map((code): [string, string] => [
      `${form}base64 of utf-8, `,
      code,
    ]),
    ...base64Of(Buffer.from(text, "utf16le")).map((code): [string, string] => [
      `${form}base64 of utf-16le, `,
      code,
    ]),
  ]);
}

function withoutMarks(text: string) {
  return text.normalize("NFD").replaceAll(/\p{M}/gu, "").replaceAll("đ", "d").replaceAll("Đ", "D");
}

/** The part of the base64 text that does not depend on its neighbours, for bytes that stand at each place modulo 3. */
function base64Of(bytes: Buffer): string[] {
  const codes = [0, 1, 2].map((before) => {
    const code = Buffer.concat([Buffer.alloc(before), bytes]).toString("base64");
    return code.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
  });
  const forUrls = codes.map((code) => code.replaceAll("+", "-").replaceAll("/", "_"));
  return [...new Set([...codes, ...forUrls])];
}

function encodingsOf(text: string): [encoding: string, bytes: Buffer][] {
  const wide = Buffer.from(text, "utf16le");
  const encodings: [string, Buffer][] = [
    ["utf-8", Buffer.from(text, "utf8")],
    ["utf-16le", wide],
    ["utf-16be", Buffer.from(wide).swap16()],
  ];
  const narrow = Buffer.from(text, "latin1");
  return narrow.toString("latin1") === text ? [...encodings, ["latin-1", narrow]] : encodings;
}
