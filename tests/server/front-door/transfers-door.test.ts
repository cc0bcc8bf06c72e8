// Who may ask for what at /api/transfers, and that nobody writes through it what is not theirs.
import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { AnyRecord } from "#src/domain/record/define.ts";
import { inbox } from "#server/front-door/inbox.ts";
import { keepHeld } from "#server/front-door/transfers-held.ts";
import { resumeTransfer } from "#server/front-door/transfers.ts";
import { passwordOf, putAccount } from "#tests/sync/support/test-centre.ts";
import type { Way } from "#tests/sync/support/test-device.ts";
import { throughDoor } from "#tests/sync/support/through-door.ts";
import { city, haiChau, hoaVang, movingCentre, type Centre } from "./moving.ts";

/** A case that went from one site to the other, and the door that leads to both. */
async function moved() {
  const centre = await movingCentre();
  const way = await throughDoor(centre.centre, centre.time);
  const story = await centre.story(hoaVang);
  const offer = await centre.offer(hoaVang, haiChau, story.file.id);
  await resumeTransfer(centre.deps, `s-${hoaVang}`, offer.id);
  await centre.answer(haiChau, offer, "accepted");
  await resumeTransfer(centre.deps, `s-${hoaVang}`, offer.id);
  return { ...centre, way, ...story, transfer: offer };
}

const never: Parameters<Way>[1] = () => Promise.reject(new Error("no way"));
async function ask(way: Way, path: string, body: unknown, cookie?: string): Promise<Response> {
  const headers = { "content-type": "application/json", ...(cookie === undefined ? {} : { cookie }) };
  const said = typeof body === "string" ? body : JSON.stringify(body);
  return way(new Request(`http://centre${path}`, { method: "POST", headers, body: said }), never);
}
async function signIn(way: Way, name: string): Promise<string> {
  const answer = await ask(way, "/_session", { name, password: passwordOf(name) });
  return answer.headers.getSetCookie()[0]?.split(";")[0] ?? "";
}
const lateSchema = z.object({
  results: z.array(z.object({ is: z.string(), reason: z.string().optional() })),
});

let world: Awaited<ReturnType<typeof moved>>;
const late = async (
  name: string,
  database: string,
  ...records: readonly (AnyRecord | { record: AnyRecord; held?: true })[]
) => {
  const given = records.map((each) => ("record" in each ? each : { record: each }));
  const cookie = await signIn(world.way, name);
  const answer = await ask(world.way, "/api/transfers/late", { database, records: given }, cookie);
  return lateSchema.parse(await answer.json()).results;
};

describe("the door", () => {
  it("answers nobody, and no one who may not open the database", async () => {
    world = await moved();
    const { way, transfer, file } = world;
    const record = world.noteOf(hoaVang, file.id);
    const asked = [
      ["/api/transfers", { database: `s-${hoaVang}`, ids: [transfer.id] }],
      ["/api/transfers/late", { database: `s-${hoaVang}`, records: [{ record }] }],
    ] as const;
    for (const [path, body] of asked) {
      expect((await ask(way, path, body)).status).toBe(401);
      for (const name of ["chi", "admin"])
        expect((await ask(way, path, body, await signIn(way, name))).status).toBe(403);
      expect((await ask(way, path, body, await signIn(way, "an"))).status).toBe(200);
    }
    const answer = await ask(
      way,
      "/api/transfers",
      { database: `s-${haiChau}`, ids: [transfer.id] },
      await signIn(way, "chi"),
    );
    expect(await answer.json()).toEqual({ ok: true, states: { [transfer.id]: "done" } });
  });

  it("takes nothing but what is asked for, and not too much of it", async () => {
    world = await moved();
    const { way } = world;
    const cookie = await signIn(way, "an");
    const id = "00000000-0000-4000-8000-000000000000";
    const record = world.noteOf(hoaVang, id);
    const database = `s-${hoaVang}`;
    for (const body of [
      "{",
      {},
      { database: "_users", ids: [id] },
      { database: "neo-ve", ids: [id] },
      { database, ids: [] },
      { database, ids: ["_design/neo-ve"] },
      { database, ids: Array(21).fill(id) },
      { database, ids: [id], force: true },
    ])
      expect((await ask(way, "/api/transfers", body, cookie)).status).toBe(400);
    for (const body of [
      { database, records: [] },
      { database, records: [record] },
      { database, records: [{ record, author: "chi" }] },
      { database, records: [{ record: { ...record, id: "_design/neo-ve" } }] },
      { database, records: [{ record: { id } }] },
      { database, records: Array(51).fill({ record }) },
      { database: "directory", records: [{ record }] },
    ])
      expect((await ask(way, "/api/transfers/late", body, cookie)).status).toBe(400);
    const deep = `{"database":"${database}","records":[{"record":${'{"a":'.repeat(60)}1${"}".repeat(60)}}]}`;
    expect((await ask(way, "/api/transfers/late", deep, cookie)).status).toBe(400);
    const huge = { database, records: [{ record: { ...record, text: "x".repeat(2_600_000) } }] };
    expect((await ask(way, "/api/transfers/late", huge, cookie)).status).toBe(413);
  });
});

describe("what is written late", () => {
  const theirs = async (at: Centre): Promise<string> =>
    JSON.stringify([await at.live(`s-${haiChau}`), await at.live(`p-${haiChau}`)]);

  it("of the sender's own people is at the other site once, and nothing of it at the sender's", async () => {
    world = await moved();
    const { file, plan, person } = world;
    const note = world.noteOf(hoaVang, file.id, "muộn");
    const edits = [note, world.edited(hoaVang, plan, "status", "agreed")];
    for (let times = 0; times < 2; times++) {
      const is = times === 0 ? "accepted" : "already there";
      expect(await late("an", `s-${hoaVang}`, ...edits)).toMatchObject([{ is }, { is }]);
      const name = world.edited(hoaVang, person, "displayName", "Tên đúng");
      expect(await late("an", `p-${hoaVang}`, name)).toMatchObject([{ is: "accepted" }]);
    }
    expect(await world.read(`s-${haiChau}`, note.id)).toMatchObject({ createdBy: "an", text: "muộn" });
    expect(await world.read(`s-${haiChau}`, plan.id)).toMatchObject({ status: "agreed" });
    expect(await world.read(`p-${haiChau}`, person.id)).toMatchObject({ displayName: "Tên đúng" });
    expect(await world.live(`p-${hoaVang}`)).toEqual([]);
  });

  type World = typeof world;
  type Made = readonly [string, AnyRecord | { record: AnyRecord; case: string }];
  const forbidden: readonly [string, string, (at: World) => Promise<Made>, string][] = [
    [
      "of a case that never moved",
      "an",
      async (at) => [`s-${hoaVang}`, at.noteOf(hoaVang, (await at.newCase(hoaVang)).id)],
      "place: no case that has moved from here",
    ],
    [
      "of a case of the other site",
      "an",
      async (at) => [`s-${hoaVang}`, at.noteOf(hoaVang, (await at.newCase(haiChau)).id)],
      "place: no case that has moved from here",
    ],
    [
      "of a case that does not exist",
      "an",
      (at) => Promise.resolve([`s-${hoaVang}`, at.noteOf(hoaVang, "00000000-0000-4000-8000-0000000fffff")]),
      "place: no case that has moved from here",
    ],
    [
      "by people of a site that the case has never left",
      "lan",
      (at) => Promise.resolve([`s-${city}`, at.noteOf(city, at.file.id)]),
      "place: no case that has moved from here",
    ],
    [
      "in another's name",
      "binh",
      (at) => Promise.resolve([`s-${hoaVang}`, at.noteOf(hoaVang, at.file.id)]),
      "author: createdBy: is not who is signed in",
    ],
    [
      "with another's entry",
      "binh",
      (at) => Promise.resolve([`s-${hoaVang}`, at.edited(hoaVang, at.plan, "status", "agreed")]),
      "author: history: an entry is another's",
    ],
    [
      "over a record of the other site's own, under its id and this case",
      "an",
      async (at) => {
        const own = at.planOf(haiChau, (await at.newCase(haiChau)).id);
        await at.write(`s-${haiChau}`, own);
        const forged = { ...own, case: at.file.id, createdBy: "an" };
        return [`s-${hoaVang}`, at.edited(hoaVang, forged, "status", "agreed")];
      },
      "change: is another's record",
    ],
    [
      "over what the other site has written of the case itself",
      "an",
      async (at) => {
        const own = at.planOf(haiChau, at.file.id);
        await at.write(`s-${haiChau}`, own);
        return [`s-${hoaVang}`, at.edited(hoaVang, own, "status", "agreed")];
      },
      "change: is another's record",
    ],
    [
      "over the name of somebody else there",
      "an",
      async (at) => {
        const other = await at.newPerson(haiChau, "Người khác");
        const record = at.edited(hoaVang, other, "displayName", "bị đổi");
        return [`p-${hoaVang}`, { record, case: at.file.id }];
      },
      "place: not whom the case is about",
    ],
    [
      "of one case, under the mark of another's record",
      "an",
      async (at) => {
        const record = {
          ...at.edited(hoaVang, at.plan, "status", "agreed"),
          case: (await at.newCase(haiChau)).id,
        };
        return [`s-${hoaVang}`, record];
      },
      "place: of another case",
    ],
    [
      "to change what never changes",
      "an",
      (at) => {
        const [note] = at.notes;
        if (!note) throw new Error("no note");
        return Promise.resolve([`s-${hoaVang}`, { ...note, ...{ text: "khác" } }]);
      },
      "change: a note never changes",
    ],
    [
      "as an answer in the other's name",
      "an",
      (at) => {
        const answer = { ...at.noteOf(hoaVang, at.file.id), type: "transfer_answer" };
        const { text: _text, ...rest } = { text: "", ...answer };
        const said = { transfer: at.transfer.id, answer: "declined", bySite: hoaVang };
        return Promise.resolve([`s-${hoaVang}`, { ...rest, ...said }]);
      },
      "place: what tells of a transfer is not brought on",
    ],
    [
      "as an offer in the other's name, which would bring the case back here",
      "an",
      (at) => {
        const { text: _text, ...rest } = { text: "", ...at.noteOf(hoaVang, at.file.id), type: "transfer" };
        const { fromSite: _from, toSite: _to, ...said } = { fromSite: "", toSite: "", ...at.transfer };
        const { id, createdAt, createdBy, device, deviceTime } = rest;
        const stamps = { id, createdAt, createdBy, device, deviceTime };
        return Promise.resolve([`s-${hoaVang}`, { ...said, ...stamps, fromSite: haiChau, toSite: hoaVang }]);
      },
      "place: what tells of a transfer is not brought on",
    ],
    [
      "as what the front door alone writes",
      "an",
      (at) => {
        const { text: _text, ...rest } = { text: "", ...at.noteOf(hoaVang, at.file.id), type: "moved_case" };
        const said = {
          transfer: at.transfer.id,
          toSite: city,
          movedAt: rest.createdAt,
          caseCode: "HVG-26-7K3QXM-5",
        };
        return Promise.resolve([`s-${hoaVang}`, { ...rest, ...said }]);
      },
      "place: what tells of a transfer is not brought on",
    ],
  ];
  it("is refused where it is not theirs to write, and changes nothing", async () => {
    world = await moved();
    for (const [what, name, make, reason] of forbidden) {
      const [database, given] = await make(world);
      const before = await theirs(world);
      const results = await late(name, database, given);
      expect([what, results]).toEqual([what, [expect.objectContaining({ is: "refused", reason })]]);
      expect(await theirs(world)).toBe(before);
    }
  });

  it("has no end in time, but one in rights: what the other site has written stays, and without the role nothing comes", async () => {
    world = await moved();
    const { file, plan } = world;
    const theirs = world.planOf(haiChau, file.id);
    await world.write(`s-${haiChau}`, theirs);
    await world.time.pass(3 * 365 * 86_400_000);
    const note = world.noteOf(hoaVang, file.id, "ba năm sau");
    const edit = world.edited(hoaVang, plan, "status", "agreed");
    const over = world.edited(hoaVang, theirs, "status", "agreed");
    expect(await late("an", `s-${hoaVang}`, note, edit, over)).toMatchObject([
      { is: "accepted" },
      { is: "accepted" },
      { is: "refused", reason: "change: is another's record" },
    ]);
    // Whose words they are and when they were written stands in them, there as here.
    expect(await world.read(`s-${haiChau}`, note.id)).toMatchObject({
      createdBy: "an",
      createdAt: note.createdAt,
    });
    await putAccount(world.centre.operate, "an", ["staff", `cadre@${haiChau}`]);
    const record = world.noteOf(hoaVang, file.id, "không còn quyền");
    const asked = { database: `s-${hoaVang}`, records: [{ record }] };
    expect((await ask(world.way, "/api/transfers/late", asked, await signIn(world.way, "an"))).status).toBe(
      403,
    );
    expect(await world.read(`s-${haiChau}`, record.id)).toBeUndefined();
  });

  it("goes nowhere while the record still lies at the site", async () => {
    world = await moved();
    const other = await world.newCase(hoaVang);
    const [outcome] = await late("an", `s-${hoaVang}`, world.edited(hoaVang, other, "owner", "an"));
    expect(outcome).toMatchObject({ is: "later" });
  });

  it("follows the case on, from each site that it has left, and ends where it has come back", async () => {
    world = await moved();
    const { file } = world;
    const on = await world.offer(haiChau, city, file.id);
    await resumeTransfer(world.deps, `s-${haiChau}`, on.id);
    await world.answer(city, on, "accepted");
    await resumeTransfer(world.deps, `s-${haiChau}`, on.id);
    for (const [name, site] of [
      ["an", hoaVang],
      ["chi", haiChau],
    ] as const) {
      const note = world.noteOf(site, file.id, `từ ${site}`);
      expect(await late(name, `s-${site}`, note)).toMatchObject([{ is: "accepted" }]);
      expect(await world.read(`s-${city}`, note.id)).toMatchObject({ createdBy: name });
    }
    const back = await world.offer(city, hoaVang, file.id);
    await resumeTransfer(world.deps, `s-${city}`, back.id);
    await world.answer(hoaVang, back, "accepted");
    await resumeTransfer(world.deps, `s-${city}`, back.id);
    const note = world.noteOf(hoaVang, file.id, "ở nhà");
    expect(await late("an", `s-${hoaVang}`, note)).toMatchObject([{ is: "later" }]);
    expect(await late("chi", `s-${haiChau}`, world.noteOf(haiChau, file.id))).toMatchObject([
      { is: "accepted" },
    ]);
  });
});

describe("what a device holds of others' words since the centre was put back", () => {
  const inboxOf = async ({ centre }: Centre): Promise<string> =>
    JSON.stringify([...(await centre.documents("neo-ve"))].filter(([id]) => id.startsWith("inbox:")));

  it("is written in nobody's name, and may leave the device once it is found there or kept in the inbox", async () => {
    world = await moved();
    const { plan, file } = world;
    const before = JSON.stringify(await world.live(`s-${haiChau}`));
    const known = [plan, file].map((record) => ({ record, held: true as const }));
    expect(await late("binh", `s-${hoaVang}`, ...known)).toMatchObject([
      { is: "already there" },
      { is: "already there" },
    ]);
    expect(await inboxOf(world)).toBe("[]");
    const edit = world.edited(hoaVang, plan, "status", "agreed");
    const note = { ...world.noteOf(hoaVang, file.id, "mất ở trung tâm"), createdBy: "giang" };
    for (const record of [edit, note])
      for (let times = 0; times < 2; times++)
        expect(await late("binh", `s-${hoaVang}`, { record, held: true })).toMatchObject([{ is: "kept" }]);
    expect(JSON.stringify(await world.live(`s-${haiChau}`))).toBe(before);
    const kept = await inboxOf(world);
    expect(kept.split('"id":"').length - 1).toBe(2 + 1);
    for (const said of ["inbox:binh:", "agreed", "mất ở trung tâm"]) expect(kept).toContain(said);
  });

  it("tells nobody what the other site has written since, however one guesses", async () => {
    world = await moved();
    const { person, file } = world;
    const change = async (database: string, id: string, field: string, to: string) => {
      const { _rev, ...lying } = (await world.read(database, id)) ?? { ...person, _rev: "" };
      await world.write(database, world.edited(haiChau, lying, field, to), _rev);
    };
    await change(`s-${haiChau}`, file.id, "riskLevel", "high");
    await change(`p-${haiChau}`, person.id, "displayName", "Tên mới");
    const guessed = async (database: string, record: AnyRecord, field: string, guess: string) =>
      (await late("binh", database, { record: { ...record, [field]: guess }, held: true }))[0]?.is;
    for (const guess of ["low", "medium", "high"])
      expect(await guessed(`s-${hoaVang}`, file, "riskLevel", guess)).toBe("kept");
    for (const guess of ["Tên sai", "Tên mới"])
      expect(await guessed(`p-${hoaVang}`, person, "displayName", guess)).toBe("kept");
    // As it was when it left, it is known to be there.
    for (const [database, record] of [
      [`s-${hoaVang}`, file],
      [`p-${hoaVang}`, person],
    ] as const)
      expect(await late("binh", database, { record, held: true })).toMatchObject([{ is: "already there" }]);
  });

  it("is kept together: the inbox is looked through once, however many there are", async () => {
    world = await moved();
    const { file, deps, admin } = world;
    const asked: string[] = [];
    const counting = { ...admin, read: (path: string) => (asked.push(path), admin.read(path)) };
    const records = Array.from({ length: 20 }, () => ({ record: world.noteOf(hoaVang, file.id) }));
    const counted = inbox({ admin: counting, now: deps.now });
    const outcomes = await keepHeld({ ...deps, inbox: counted }, `s-${hoaVang}`, records, "binh");
    expect(outcomes).toEqual(records.map(({ record: { id } }) => ({ id, is: "kept" })));
    expect(asked).toHaveLength(1);
  });

  it("is taken of cases alone that have left the site, and not while the inbox is full", async () => {
    world = await moved();
    const { file } = world;
    const other = world.noteOf(hoaVang, (await world.newCase(haiChau)).id);
    expect(await late("binh", `s-${hoaVang}`, { record: other, held: true })).toMatchObject([
      { is: "refused", reason: "place: no case that has moved from here" },
    ]);
    const item = { record: world.noteOf(hoaVang, file.id), held: true as const };
    const full = { keep: () => Promise.resolve([]) };
    expect(await keepHeld({ ...world.deps, inbox: full }, `s-${hoaVang}`, [item], "binh")).toMatchObject([
      { is: "later" },
    ]);
    expect(await inboxOf(world)).toBe("[]");
  });
});
