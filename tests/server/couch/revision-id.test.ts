// Revision ids equal those that real CouchDB servers gave for the same content, as far as such pairs are published.
import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseJsonText, type JsonObject } from "#server/couch/json.ts";
import { keysOf, stringify } from "#server/couch/key-order.ts";
import { newRevisionId } from "#server/couch/revision-id.ts";
import { startHarness, textOf } from "#tests/server/couch/harness.ts";

const EMPTY = "967a00dff5e02add41819138abb3284d";
const FISH = { servings: 4, subtitle: "Delicious with freshly baked bread", title: "FishStew" };
const BEEF = { servings: 8, subtitle: "Hand-made dumplings make a great accompaniment", title: "BeefStew" };
const SPAGHETTI = {
  description: "An Italian-American dish that usually consists of spaghetti, tomato sauce and meatballs.",
  ingredients: ["spaghetti", "tomato sauce", "meatballs"],
  name: "Spaghetti with meatballs",
};
const NESTED = { docs: [{ key1: "value1" }, { key2: 2 }] };

/** From CouchDB's documentation, and from logs and tests of others against CouchDB 1.1 to 3.3. */
const FIRST: [body: JsonObject, id: string][] = [
  [{}, EMPTY],
  [{ foo: "bar" }, "4c6114c65e295552ab1019e2b046b10e"],
  [{ bar: "baz" }, "c86e975fffb4a635eed6d1dfc92afded"],
  [{ hello: "world" }, "15f65339921e497348be384867bb940f"],
  [{ a: 1 }, "23202479633c2b380f79507a776743d5"],
  [{ a: 1, b: 2, c: "three" }, "debc5c8de13e1f36787fe391da8191a6"],
  [{ baz: false }, "309651b95df56d52658650fb64257b97"],
  [{ ratio: 1.5 }, "681f2175bf5f993643f6d4e95a96a1e9"],
  [
    { servings: 4, subtitle: "Delicious with fresh bread", title: "Fish Stew" },
    "9c65296036141e575d32ba9c034dd3ee",
  ],
  [FISH, "6a466d5dfda05e613ba97bd737829d67"],
  [BEEF, "e4602845fc4c99674f50b1d5a804fdfa"],
  [SPAGHETTI, "917fa2381192822767f010b95b45325b"],
  [NESTED, "4dbc93cf6366d79806c7ef92204f90cf"],
  // Integers of 8, 32 and 64 bits.
  [
    {
      name: "mw-f10.if.re0",
      type: "if",
      ts: 1445110010,
      ipackets: 280896271,
      opackets: 257715916,
      ibytes: 214015570267,
      obytes: 126157589284,
      imcasts: 590518,
      omcasts: 0,
      ierrors: 0,
      oerrors: 0,
      collisions: 0,
      drops: 0,
    },
    "da39d493cfee541fc1bfec0b04212aae",
  ],
  [
    {
      name: "mw-f10.mem",
      type: "mem",
      ts: 1445190779,
      real_active: 1003450368,
      real_total: 3484020736,
      free: 748453888,
      swap_used: 133165056,
      swap_total: 10737414144,
    },
    "389c3f9546bc12d84768c504410b86b1",
  ],
];

const LATER: [deleted: boolean, generation: number, parent: string, body: JsonObject, id: string][] = [
  [false, 1, EMPTY, {}, "7051cbe5c8faecd085a3fa619e6e6337"],
  [true, 1, EMPTY, {}, "eec205a9d413992850a6e32678485900"],
  [true, 1, "9c65296036141e575d32ba9c034dd3ee", {}, "056f5f44046ecafc08a2bc2b9c229e20"],
  [true, 2, "0786321986194c92dd3b57dfbfc741ce", {}, "f9c62b2169d0999103e9f41949090807"],
  [false, 1, "309651b95df56d52658650fb64257b97", { baz: true }, "9b71d36dfdd9b4815388eb91cc8fb61d"],
  [false, 1, "6a466d5dfda05e613ba97bd737829d67", FISH, "2bff94179917f1dec7cd7f0209066fb8"],
  [false, 1, "e4602845fc4c99674f50b1d5a804fdfa", BEEF, "9801936a42f06a16f16c30027980d96f"],
  [
    false,
    1,
    "917fa2381192822767f010b95b45325b",
    { ...SPAGHETTI, serving: "hot" },
    "790895a73b63fb91dd863388398483dd",
  ],
  [false, 1, "4dbc93cf6366d79806c7ef92204f90cf", NESTED, "c7b9a844456cebc05982e91b515592bb"],
  [true, 2, "c7b9a844456cebc05982e91b515592bb", {}, "7db45f909b3b8025c80b5bb961eefa02"],
];

/** The term that a CouchDB wrote to its log for this edit: a list of bytes, booleans, an object in an object. */
const LOGGED_TERM = [
  "836c00000005640005", "66616c7365", "61036d00000010a74c2aa095463ef74e0347049efe665b", "68016c00000007",
  "68026d00000003666f6f6d00000003626172", "68026d0000000362617a6d0000000362617a",
  "68026d0000000471757578", "62000004d2", "68026d00000007626f6f6c65616e64000474727565",
  "68026d0000000c6f74686572626f6f6c65616e64000566616c7365", "68026d000000046c6973746b0003010203",
  "68026d000000036f626a68016c0000000168026d00000001616d00000001626a6a6a6a",
].join(""); // prettier-ignore
const LOGGED = {
  foo: "bar",
  baz: "baz",
  quux: 1234,
  boolean: true,
  otherboolean: false,
  list: [1, 2, 3],
  obj: { a: "b" },
};

describe("a revision id", () => {
  it.each(FIRST)("of a first revision %j", (body, id) => {
    expect(newRevisionId(false, null, body)).toBe(id);
  });

  it.each(LATER)("that deletes (%s) or follows %i-%s", (deleted, generation, parent, body, id) => {
    expect(newRevisionId(deleted, { generation, id: parent }, body)).toBe(id);
  });

  it("is the digest of the term that CouchDB makes", () => {
    const parent = { generation: 3, id: "a74c2aa095463ef74e0347049efe665b" };
    const digest = createHash("md5").update(Buffer.from(LOGGED_TERM, "hex")).digest("hex");
    expect(newRevisionId(false, parent, LOGGED)).toBe(digest);
  });

  it("differs for values that Erlang tells apart", () => {
    const bodies = [
      { a: [1, 2, 3] },
      { a: "\u0001\u0002\u0003" },
      { a: [1, 2, 300] },
      { a: [] },
      { a: {} },
      { a: null },
      { a: "null" },
      { a: false },
      { a: 0.5 },
      { a: -1 },
      { a: 2 ** 31 },
      { a: 2 ** 40 },
      { a: -(2 ** 40) },
      { a: 2 ** 53 - 1 },
      { a: 256 },
    ];
    const ids = bodies.map((body) => newRevisionId(false, null, body));
    expect(new Set(ids).size).toBe(bodies.length);
  });

  it("counts attachments by name, type and digest", () => {
    // The example of multipart/related in CouchDB's documentation; of the time when texts were not packed and the
    // last attachment did not come first.
    const [foo, bar] = ["this is 21 chars long", "this is 20 chars lon"].map((content, index) => ({
      name: ["foo.txt", "bar.txt"][index] ?? "",
      type: "text/plain",
      md5: createHash("md5").update(content).digest("base64"),
    }));
    const attachments = [bar, foo].flatMap((each) => each ?? []);
    expect(newRevisionId(false, null, { body: "This is a body." }, attachments)).toBe(
      "5575e26acdeb1df561bb5b70b26ba151",
    );
  });
});

describe("packed texts", () => {
  it.each([
    ["Hello, World!", "ENGoH7oK8V9R3BMnfDHZmw=="],
    ["Hello, world!", "gSr8dSmynwAoomH7V6RVYw=="],
    [
      "1. Cook spaghetti\n2. Cook meatballs\n3. Mix them\n4. Add tomato sauce\n5. ...\n6. PROFIT!\n",
      "vVa/YgiE1+Gh0WfoFJAcSg==",
    ],
    [
      "1. Cook spaghetti\n2. Cook meetballs\n3. Mix them\n4. Add tomato sauce\n5. ...\n6. PROFIT!",
      "198BPPNiT5fqlLxoYYbjBA==",
    ],
  ])("have the digest that CouchDB showed: %j", async (content, digest) => {
    const { ask } = startHarness();
    await ask("PUT", "/db");
    await ask("PUT", "/db/doc/a.txt", { raw: content, headers: { "Content-Type": "text/plain" } });
    expect((await ask("GET", "/db/doc")).body).toMatchObject({
      _attachments: { "a.txt": { digest: `md5-${digest}` } },
    });
    expect(
      createHash("md5")
        .update(gzipSync(content, { level: 8 }))
        .digest("base64"),
    ).toBe(digest);
  });
});

describe("the order of members", () => {
  it("is that of the text, also of names that look like numbers", async () => {
    const { ask } = startHarness();
    await ask("PUT", "/db");
    const rev = async (id: string, raw: string) =>
      textOf((await ask("PUT", `/db/${id}`, { raw })).body, "rev");
    const first = await rev("a", '{"b":1,"2":{"10":null,"9":[{"1":0,"0":""}]}}');
    expect(await rev("b", '{"b":1,"2":{"10":null,"9":[{"1":0,"0":""}]}}')).toBe(first);
    expect(await rev("c", '{"2":{"10":null,"9":[{"1":0,"0":""}]},"b":1}')).not.toBe(first);
    expect(await rev("d", '{"b":1,"2":{"9":[{"1":0,"0":""}],"10":null}}')).not.toBe(first);
    expect(await rev("e", '{"b":1,"2":{"10":null,"9":[{"0":"","1":0}]}}')).not.toBe(first);
    // {"z":1,"1":2} as CouchDB writes it: {[{<<"z">>,1},{<<"1">>,2}]}
    const term =
      "836c00000005640005" +
      "66616c7365" +
      "61006100" +
      "68016c0000000268026d000000017a610168026d0000000131" +
      "61026a6a6a";
    const digest = createHash("md5").update(Buffer.from(term, "hex")).digest("hex");
    expect(await rev("f", '{"z":1,"1":2}')).toBe(`1-${digest}`);
    // It is kept in the file: a copy is the same revision.
    expect(textOf((await ask("COPY", "/db/a", { headers: { Destination: "g" } })).body, "rev")).toBe(first);
  });

  it("is remembered for every object of every text", () => {
    const name = fc.oneof(
      fc.nat(20).map(String),
      fc.string({ maxLength: 3 }),
      fc.constantFrom('"', "\\", "\u0001"),
    );
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: "small" },
        fc.constantFrom("1", "-0.5e3", "true", "null", '"x,]}"', '"\\""'),
        fc.array(tie("value"), { maxLength: 4 }).map((items) => `[${items.join(" , ")}]`),
        fc
          .array(fc.tuple(name, tie("value")), { maxLength: 5 })
          .map(
            (members) =>
              `{ ${members.map(([key, item]) => `${JSON.stringify(key)} : ${String(item)}`).join(",")}}`,
          ),
      ),
    }));
    fc.assert(
      fc.property(value, (text) => {
        const parsed = parseJsonText(text, 1000);
        const again = parseJsonText(stringify(parsed), 1000);
        expect(again).toEqual(parsed);
        expect(stringify(again)).toBe(stringify(parsed));
      }),
      { numRuns: 2000 },
    );
    const odd = parseJsonText('{"b":1,"\\u0031":2,"a":3,"b":4}', 5);
    expect(typeof odd === "object" && odd !== null && !Array.isArray(odd) && keysOf(odd)).toEqual([
      "1",
      "a",
      "b",
    ]);
  });
});
