// The scan of a profile finds a canary in every guise it could take on a disk, and says where it is blind.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { canarySearch } from "#tests/support/canaries.ts";
import { scanProfile } from "#tests/support/profile-scan.ts";

const name = "Đỗ Thị Mận";

let profile: string;
beforeEach(() => {
  profile = mkdtempSync(join(tmpdir(), "neo-ve-scan-"));
  return () => rmSync(profile, { recursive: true });
});

function put(file: string, content: string | Buffer) {
  mkdirSync(join(profile, dirname(file)), { recursive: true });
  writeFileSync(join(profile, file), content);
}

/** Bytes around a canary that hold none. */
const among = (bytes: Buffer) => Buffer.concat([Buffer.from([0, 0xff, 7]), bytes, Buffer.from([0xc3, 0])]);
const wide = (text: string) => Buffer.from(text, "utf16le");

describe("a canary is found", () => {
  it.each([
    ["as utf-8", Buffer.from(name), "utf-8"],
    ["as utf-16le", wide(name), "utf-16le"],
    ["as utf-16be", wide(name).swap16(), "utf-16be"],
    ["decomposed", Buffer.from(name.normalize("NFD")), "decomposed utf-8"],
    ["in lower case", Buffer.from("đỗ thị mận"), "lower case utf-8"],
    ["without marks", Buffer.from("Do Thi Man"), "unmarked utf-8"],
    ["as a search index folds it", Buffer.from("do thi man"), "unmarked lower case utf-8"],
    ["in an address", Buffer.from(encodeURIComponent(name)), "percent-encoded, utf-8"],
    ["as base64", Buffer.from(Buffer.from(name).toString("base64")), "base64 of utf-8, utf-8"],
    ["as base64 of utf-16le", Buffer.from(wide(name).toString("base64")), "base64 of utf-16le, utf-8"],
  ])("%s", (_case, bytes, encoding) => {
    put("Default/History", among(bytes));
    expect(scanProfile(profile, [name]).hits).toContainEqual({
      file: "Default/History",
      canary: name,
      encoding,
      where: "raw",
    });
  });

  it("as latin-1", () => {
    put("a", among(Buffer.from("Bùi Quý Sáng", "latin1")));
    expect(scanProfile(profile, ["Bùi Quý Sáng"]).hits).toMatchObject([{ encoding: "latin-1" }]);
  });

  it("in base64 whatever stands around it", () => {
    const search = canarySearch([name]);
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 20 }),
        fc.uint8Array({ maxLength: 20 }),
        fc.constantFrom("base64" as const, "base64url" as const),
        (before, after, code) => {
          const text = Buffer.concat([before, Buffer.from(name), after]).toString(code);
          expect(search(Buffer.from(text))).not.toEqual([]);
        },
      ),
    );
  });

  it("in the name of a file", () => {
    put(`Default/${name}.txt`, "");
    expect(scanProfile(profile, [name]).hits).toMatchObject([{ where: "file name" }]);
  });

  it("in an answer that was stored with gzip", () => {
    put("Default/Cache/entry", among(gzipSync(`{"name":"${name}"}`)));
    const result = scanProfile(profile, [name]);
    expect(result.hits).toMatchObject([{ where: "gzip", encoding: "utf-8" }]);
    expect(result.values).toBe(1);
  });

  it("in a record of a log that goes over the end of a block", () => {
    const block = 32 * 1024;
    const piece = (kind: number, bytes: Buffer) => {
      const header = Buffer.alloc(7);
      header.writeUInt16LE(bytes.length, 4);
      header[6] = kind;
      return Buffer.concat([header, bytes]);
    };
    const filling = Buffer.alloc(block - 7 - 7 - 5, "x");
    const text = Buffer.from(name);
    const log = [piece(1, filling), piece(2, text.subarray(0, 5)), piece(4, text.subarray(5))];
    put("Default/IndexedDB/x.leveldb/000003.log", Buffer.concat(log));
    expect(scanProfile(profile, [name]).hits).toMatchObject([{ where: "log record" }]);
  });
});

describe("the scan", () => {
  it("is silent about a profile without the canary", () => {
    put("Default/History", among(Buffer.from("Đỗ Thị Mai")));
    put("Default/empty", "");
    expect(scanProfile(profile, [name])).toMatchObject({ hits: [], unreadable: [], files: 2 });
  });

  it("says where it is blind", () => {
    put("Default/x.ldb", Buffer.concat([Buffer.alloc(60, 0xff), Buffer.from("57fb808b247547db", "hex")]));
    expect(scanProfile(profile, [name]).unreadable).toHaveLength(1);
  });

  it("refuses a canary that would be found by chance", () => {
    expect(() => scanProfile(profile, ["Mận"])).toThrow("6 characters");
  });
});
