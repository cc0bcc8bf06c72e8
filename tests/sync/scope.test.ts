// What a device reads, and what happens when that changes: rights, sites, databases made anew, servers put back.
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { memberRoles } from "#src/domain/roles.ts";
import { chanceFrom } from "./support/chance.ts";
import { noteBy, putAtCentre } from "./support/documents.ts";
import {
  accounts,
  city,
  haiChau,
  hoaVang,
  makeAnew,
  makeDatabase,
  putAccount,
  siteRecord,
} from "./support/test-centre.ts";
import { answeredBy, couchError, straight } from "./support/ways.ts";
import { createWorld } from "./support/world.ts";

const database = `s-${hoaVang}`;

describe("scope", () => {
  it("a first exchange of many records comes in pages, tells its progress, and resumes where it was cut", async () => {
    const { time, centre, device } = await createWorld();
    const chance = chanceFrom(5);
    const docs = Array.from({ length: 450 }, () => noteBy("an", time.now(), chance)).map((note) => ({
      _id: note.id,
      ...note,
    }));
    for (const part of [docs.slice(0, 200), docs.slice(200, 400), docs.slice(400)])
      await centre.operate("POST", `/${database}/_bulk_docs`, { docs: part });
    const lan = await device("lan");
    const progress: unknown[] = [];
    lan.exchange.watch(() => {
      const now = lan.exchange.state.progress;
      if (now) progress.push(now);
    });
    let pages = 0;
    lan.way = (request, next) => {
      if (!request.url.includes(`${database}/_changes`)) return next(request);
      pages += 1;
      return pages === 2 ? Promise.reject(new TypeError("fetch failed")) : next(request);
    };
    await time.pass(500);
    expect(lan.store.read.list("note")).toHaveLength(199);
    await lan.kill();
    lan.requests.length = 0;
    await lan.start();
    await time.pass(10_000);
    expect(lan.store.read.list("note")).toHaveLength(450);
    expect(progress).toContainEqual({ done: 204, pending: 251, sites: { done: 0, of: 2 } });
  });

  it("roles that changed at the centre are handed out and followed without a new sign-in", async () => {
    const { time, centre, device } = await createWorld();
    const chi = await device("chi");
    const an = await device("an");
    const saved = await an.newCase();
    await time.pass(5_000);
    expect(chi.case(saved.id)).toBeUndefined();
    await putAccount(centre.operate, "chi", [...accounts.chi, `cadre@${hoaVang}`]);
    await chi.exchange.run();
    expect(chi.case(saved.id)?.sync.state).toBe("central");
    expect(chi.log).toContainEqual({ event: "rolesChanged" });
  });

  it("a site that is added to the directory is followed by its supervisor within seconds", async () => {
    const { time, centre, device } = await createWorld();
    const lan = await device("lan");
    await time.pass(5_000);
    const site = { siteId: "vn-gso-20197", ancestors: [city] };
    await makeDatabase(
      centre.operate,
      "s-vn-gso-20197",
      memberRoles("site", { id: site.siteId, ancestors: [city] }),
    );
    const note = noteBy("an", time.now(), chanceFrom(6));
    await putAtCentre(centre, "s-vn-gso-20197", note);
    await putAtCentre(centre, "directory", siteRecord(site, time.now()));
    await time.pass(8_000);
    expect(lan.store.read.get("note", note.id)?.sync.state).toBe("central");
  });

  it("rights that were taken away: what is unsent stays, is counted and said", async () => {
    const { time, centre, device } = await createWorld();
    const an = await device("an");
    await time.pass(5_000);
    an.connection(false);
    const saved = await an.newCase();
    await putAccount(centre.operate, "an", ["staff", `cadre@${haiChau}`]);
    an.connection(true);
    await time.pass(10_000);
    expect(an.case(saved.id)?.sync.state).toBe("local");
    expect(an.exchange.counts.waiting).toBe(1);
    expect(an.exchange.state).toMatchObject({ phase: "error", fault: { kind: "forbidden" } });
    expect(an.requests.some((request) => request.includes(`s-${haiChau}/_changes`))).toBe(true);
  });

  it("one database that is closed does not keep the others from being exchanged", async () => {
    const { time, device } = await createWorld();
    const an = await device("an", { online: false });
    const saved = await an.newCase();
    an.way = answeredBy(`/p-${hoaVang}`, couchError(403, "forbidden"));
    an.connection(true);
    await time.pass(20_000);
    expect(an.case(saved.id)?.sync.state).toBe("central");
    expect(an.exchange.state).toMatchObject({ phase: "error", fault: { kind: "forbidden" } });
    expect(an.exchange.state.lastExchangeAt).toBeUndefined();
    an.way = straight;
    await time.pass(300_000);
    expect(an.exchange.state.phase).toBe("idle");
  });

  it("above five databases it asks from time to time instead of holding requests open", async () => {
    const { time, centre, device } = await createWorld();
    for (let number = 1; number <= 4; number++) {
      const site = { siteId: `vn-gso-2020${number}`, ancestors: [city] };
      const members = memberRoles("site", { id: site.siteId, ancestors: [city] });
      await makeDatabase(centre.operate, `s-${site.siteId}`, members);
      await putAtCentre(centre, "directory", siteRecord(site, time.now()));
    }
    const lan = await device("lan");
    const an = await device("an");
    await time.pass(5_000);
    lan.requests.length = 0;
    const saved = await an.newCase();
    await time.pass(10_000);
    expect(lan.case(saved.id)?.sync.state).toBe("central");
    expect(centre.feeds().open).toBeLessThanOrEqual(3);
    expect(lan.requests.length).toBeLessThan(30);
  });

  it("a supervisor's choice to keep names is followed", async () => {
    const { time, device } = await createWorld();
    const lan = await device("lan");
    await lan.store.write({ setLocal: { keepNames: [hoaVang] } });
    await time.pass(5_000);
    await lan.exchange.run();
    expect(lan.requests).toContain(`GET /p-${hoaVang}/_changes`);
    expect(lan.requests).not.toContain(`GET /p-${haiChau}/_changes`);
  });
});

describe("the centre is not what it was", () => {
  it("a database that was made anew is read from its beginning; what waits is sent; nothing here is lost", async () => {
    const { time, centre, device } = await createWorld();
    const an = await device("an");
    const old = await an.newCase();
    await time.pass(10_000);
    an.connection(false);
    await an.editCase(old.id, { riskLevel: "high" });
    await centre.operate("DELETE", `/${database}`);
    const members = memberRoles("site", { id: hoaVang, ancestors: [city] });
    await makeDatabase(centre.operate, database, members);
    const note = noteBy("binh", time.now(), chanceFrom(8));
    await putAtCentre(centre, database, note);
    an.connection(true);
    await time.pass(10_000);
    expect(an.log).toContainEqual({ event: "startOver", database });
    expect(an.store.read.get("note", note.id)?.sync.state).toBe("central");
    expect((await centre.documents(database)).get(old.id)).toMatchObject({ riskLevel: "high" });
    expect(an.case(old.id)?.sync.state).toBe("central");
  });

  it("a database that was deleted and made again in the same second is read from its beginning", async () => {
    const { time, centre, device } = await createWorld();
    const lan = await device("lan");
    for (const seed of [21, 22, 23])
      await putAtCentre(centre, database, noteBy("an", time.now(), chanceFrom(seed)));
    await time.pass(400);
    expect(lan.store.read.list("note")).toHaveLength(3);
    lan.connection(false);
    const made = await centre.operate("GET", `/${database}`);
    await centre.operate("DELETE", `/${database}`);
    await makeDatabase(centre.operate, database, memberRoles("site", { id: hoaVang, ancestors: [city] }));
    const anew = [31, 32, 33, 34, 35].map((seed) => noteBy("an", time.now(), chanceFrom(seed)));
    for (const note of anew) await putAtCentre(centre, database, note);
    // Nothing but the name of the database in its sequences tells the two apart.
    const instance = z.object({ instance_start_time: z.string() });
    expect(instance.parse(await centre.operate("GET", `/${database}`))).toEqual(instance.parse(made));
    lan.connection(true);
    await time.pass(10_000);
    for (const note of anew) expect(lan.store.read.get("note", note.id)?.sync.state).toBe("central");
  });

  it.each([400, 404])("a checkpoint that it does not understand (%i): from the beginning", async (status) => {
    const { time, centre, device } = await createWorld();
    const lan = await device("lan");
    const note = noteBy("an", time.now(), chanceFrom(9));
    await putAtCentre(centre, database, note);
    await time.pass(5_000);
    await lan.kill();
    await putAtCentre(centre, database, { ...noteBy("an", time.now(), chanceFrom(10)) });
    let refused = 0;
    lan.way = (request, next) => {
      const url = new URL(request.url);
      if (!url.pathname.startsWith(`/${database}/_changes`) || url.searchParams.get("since") === "0")
        return next(request);
      refused += 1;
      return refused === 1 ? Promise.resolve(couchError(status, "bad_request")()) : next(request);
    };
    await lan.start();
    await time.pass(10_000);
    expect(lan.log).toContainEqual({ event: "startOver", database });
    expect(lan.store.read.list("note")).toHaveLength(2);
    expect(lan.exchange.state.phase).toBe("idle");
  });

  it("a place that it has given and never takes back: asked seldom, the other databases go on, and it ends", async () => {
    const { time, device } = await createWorld();
    const an = await device("an");
    await an.newCase();
    await time.pass(10_000);
    an.connection(false);
    let asked = 0;
    an.way = (request, next) => {
      const url = new URL(request.url);
      if (url.pathname !== `/${database}/_changes`) return next(request);
      asked += 1;
      // Without an end a test would not end either.
      if (asked > 1_000) return new Promise(() => undefined);
      return url.searchParams.get("since") === "0"
        ? next(request)
        : Promise.resolve(couchError(400, "bad_request")());
    };
    const { id } = await an.newCase();
    an.connection(true);
    await time.pass(600_000);
    expect(asked).toBeLessThan(60);
    expect(an.requests.filter((request) => request.endsWith(`p-${hoaVang}/_changes`)).length).toBeGreaterThan(
      9,
    );
    expect(an.exchange.state).toMatchObject({ phase: "error", aside: [{ siteId: hoaVang }] });
    expect(an.case(id)?.sync.state).toBe("central");
    an.way = straight;
    await time.pass(301_000);
    expect(an.exchange.state.phase).toBe("idle");
  });

  it("the same page ever again, of which there is more: told as nothing of the centre's, and asked seldom", async () => {
    const { time, device } = await createWorld();
    const an = await device("an");
    await an.newCase();
    await time.pass(10_000);
    an.connection(false);
    let asked = 0;
    an.way = (request, next) => {
      const url = new URL(request.url);
      if (url.pathname !== `/${database}/_changes`) return next(request);
      asked += 1;
      if (asked > 1_000) return new Promise(() => undefined);
      url.searchParams.set("since", "0");
      url.searchParams.set("limit", "1");
      url.searchParams.delete("feed");
      return next(new Request(url, request));
    };
    an.connection(true);
    await time.pass(600_000);
    expect(asked).toBeLessThan(60);
    expect(an.exchange.state.phase).toBe("error");
    an.way = straight;
    await time.pass(301_000);
    expect(an.exchange.state.phase).toBe("idle");
  });

  it("what an answer does not speak of is not lost: nothing of others waits here for ever", async () => {
    const { time, centre, device } = await createWorld();
    const an = await device("an");
    const binh = await device("binh");
    await binh.newNote((await binh.newCase()).id, "x");
    await time.pass(20_000);
    const there = [...(await centre.documents(database)).values()];
    for (const each of [an, binh]) each.connection(false);
    await makeAnew(centre, time, ["directory", database]);
    for (const { _id, _rev, ...record } of there)
      await putAtCentre(centre, database, { ...record, id: String(_id) });
    let asked = 0;
    an.way = (request, next) =>
      request.url.includes(`${database}/_all_docs`) && asked++ === 0
        ? Promise.resolve(Response.json({ total_rows: 0, rows: [] }))
        : next(request);
    an.connection(true);
    await time.pass(60_000);
    expect(asked).toBe(2);
    expect(an.exchange.counts).toEqual({ waiting: 0, refused: 0, clashes: 0 });
  });

  it("a full disk stops the exchange without skipping anything, and it goes on when there is room", async () => {
    const { time, centre, device } = await createWorld();
    const lan = await device("lan");
    await time.pass(5_000);
    lan.disk.capacity = [...lan.disk.envelopes.values()].reduce((size, { b }) => size + b.length, 500);
    const notes = [11, 12, 13].map((seed) => noteBy("an", time.now(), chanceFrom(seed)));
    for (const note of notes) await putAtCentre(centre, database, note);
    await time.pass(20_000);
    expect(lan.exchange.state).toMatchObject({ phase: "error", fault: { kind: "storage" } });
    delete lan.disk.capacity;
    await time.pass(120_000);
    expect(lan.store.read.list("note")).toHaveLength(3);
    expect(lan.exchange.state.phase).toBe("idle");
  });

  it("stopping ends everything: no request, no feed, no timer goes on", async () => {
    const { time, centre, device } = await createWorld();
    const an = await device("an");
    await time.pass(5_000);
    await an.exchange.stop();
    await time.settle();
    const count = an.requests.length;
    await an.newCase();
    await time.pass(3600_000);
    expect(an.requests).toHaveLength(count);
    expect(centre.feeds()).toEqual({ open: 0, waiting: 0 });
  });
});
