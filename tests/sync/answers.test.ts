// Every kind of answer, and of no answer: nothing is lost, nothing gets stuck, and the person is told the truth.
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { createCouchClient } from "#src/sync/couch-client.ts";
import {
  type AccountName,
  accounts,
  hoaVang,
  passwordOf,
  putAccount,
  type TestCentre,
} from "./support/test-centre.ts";
import { answeredBy, answerLost, couchError, cutInHalf, html, silence, straight } from "./support/ways.ts";
import type { Way } from "./support/test-device.ts";
import { createWorld } from "./support/world.ts";

const database = `s-${hoaVang}`;

/** The `Set-Cookie` that somebody gets who signs in in another tab. */
async function cookieOf(centre: TestCentre, name: AccountName): Promise<string> {
  const answer = await centre.handle(
    new Request("http://centre/_session", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ name, password: passwordOf(name) }),
    }),
  );
  return answer.headers.getSetCookie()[0]!;
}
/** `name=value` alone, as a browser sends it. */
const pairOf = (cookie: string) => cookie.split(";")[0]!;

describe("answers lost or broken", () => {
  it("a record of another's name, of which somebody says that it is there: asked again, and refused", async () => {
    const { time, device } = await createWorld();
    const an = await device("an", { online: false });
    const { id } = await an.newCase();
    const note = await an.newNote(id, "x");
    await an.save(database, { ...note, id: crypto.randomUUID(), createdBy: "nobody" });
    an.way = async (request, next) => {
      if (!request.url.includes("_bulk_docs")) return next(request);
      const { docs } = (await request.json()) as { docs: { _id: string }[] };
      return Response.json(docs.map(({ _id }) => ({ id: _id, error: "conflict", reason: "x" })));
    };
    an.connection(true);
    await time.pass(20_000);
    an.way = straight;
    await time.pass(60_000);
    expect(an.exchange.counts).toEqual({ waiting: 0, refused: 1, clashes: 0 });
  });

  it.each([
    ["the answer is lost after the commit", answerLost("_bulk_docs")],
    ["the answer is cut in half", cutInHalf("_bulk_docs")],
  ])("%s: one record, no clash", async (_name, way) => {
    const { time, centre, device } = await createWorld();
    const an = await device("an", { online: false });
    const saved = await an.newCase();
    an.way = way;
    an.connection(true);
    await time.pass(20_000);
    expect(an.case(saved.id)?.sync.state).toBe("local");
    expect((await centre.documents(database)).size).toBe(1);
    an.way = straight;
    await time.pass(120_000);
    expect(an.case(saved.id)?.sync.state).toBe("central");
    expect((await centre.documents(database)).get(saved.id)?.["_rev"]).toMatch(/^1-/);
    expect(an.exchange.counts).toEqual({ waiting: 0, refused: 0, clashes: 0 });
  });

  it("the answer is lost and the record edited before the next try: both are one record, no clash", async () => {
    const { time, centre, device } = await createWorld();
    const an = await device("an", { online: false });
    const saved = await an.newCase();
    an.way = answerLost("_bulk_docs");
    an.connection(true);
    await time.pass(5_000);
    await an.kill();
    an.way = straight;
    an.online = false;
    await an.start();
    await an.editCase(saved.id, { riskLevel: "high" });
    an.connection(true);
    await time.pass(20_000);
    expect(an.exchange.counts.clashes).toBe(0);
    expect(an.case(saved.id)?.sync.state).toBe("central");
    expect((await centre.documents(database)).get(saved.id)).toMatchObject({ riskLevel: "high" });
  });

  it("a place in the feed that is no proper text: asked again from wherever the centre takes it, and nothing stands still", async () => {
    const { time, device } = await createWorld();
    const an = await device("an");
    await time.pass(5_000);
    an.connection(false);
    let hasLied = false;
    an.way = (request, next) => {
      if (hasLied || !request.url.includes(`${database}/_changes`)) return next(request);
      hasLied = true;
      return Promise.resolve(
        new Response(
          '{"results":[{"seq":"1","id":"_design/x","changes":[],"doc":{"_id":"_design/x","_rev":"1-a"}}],"last_seq":"\\ud800","pending":0}',
          { headers: { "content-type": "application/json" } },
        ),
      );
    };
    const { id } = await an.newCase();
    an.connection(true);
    await time.pass(5_000);
    an.way = straight;
    await time.pass(600_000);
    await an.kill();
    await an.start();
    await time.pass(600_000);
    const later = await an.newCase();
    await time.pass(60_000);
    expect(hasLied).toBe(true);
    expect(an.exchange.state.phase).toBe("idle");
    expect(an.case(id)?.sync.state).toBe("central");
    expect(an.case(later.id)?.sync.state).toBe("central");
  });

  it("a date that no clock shows is none: nothing stands still, and what is saved keeps its time", async () => {
    const { time, device } = await createWorld();
    const an = await device("an", { online: false });
    const { id, createdAt } = await an.newCase();
    an.way = async (request, next) => {
      const answer = await next(request);
      answer.headers.set("date", "Sat, 13 Sep 275760 00:00:00 GMT");
      return answer;
    };
    an.connection(true);
    await time.pass(60_000);
    expect(an.exchange.state.phase).toBe("idle");
    expect(an.case(id)).toMatchObject({ sync: { state: "central" }, record: { createdAt } });
  });

  it("an answer without an end is given up by itself", async () => {
    const chunk = new Uint8Array(64_000_000).fill(32);
    let reads = 0;
    const client = createCouchClient({
      base: "",
      after: () => () => undefined,
      clock: { heard: () => undefined, now: () => 0 } as never,
      deviceNow: () => 0,
      fetch: () =>
        Promise.resolve({
          status: 200,
          headers: new Headers({ "content-type": "application/json" }),
          body: {
            getReader: () => ({
              read: () => {
                reads += 1;
                return reads > 30
                  ? new Promise<never>(() => undefined)
                  : Promise.resolve({ done: false as const, value: chunk });
              },
            }),
          },
        }),
    });
    const asked = client.ask({ method: "GET", path: "/", schema: z.unknown() }, new AbortController().signal);
    const end = await Promise.race([
      asked,
      new Promise((resolve) => setTimeout(() => resolve(`still reading after ${reads}`), 4_000)),
    ]);
    expect(end).toEqual({ ok: false, error: { kind: "unreachable" } });
  });

  it("an answer that is slow but goes on moving is waited for, however long it takes", async () => {
    const { time, centre, device } = await createWorld();
    const an = await device("an");
    const saved = await an.newCase();
    await time.pass(5_000);
    const binh = await device("binh", { online: false });
    // A byte or so every twenty seconds, for some minutes.
    const trickling: Way = async (request, next) => {
      const answer = await next(request);
      if (!request.url.includes(`${database}/_changes`) || request.url.includes("longpoll")) return answer;
      const bytes = new Uint8Array(await answer.arrayBuffer());
      let at = 0;
      const body = new ReadableStream<Uint8Array>({
        async pull(sink) {
          await new Promise((resolve) => void time.after(20_000, () => resolve(undefined)));
          const end = at + Math.ceil(bytes.length / 10);
          sink.enqueue(bytes.slice(at, end));
          at = end;
          if (at >= bytes.length) sink.close();
        },
      });
      return new Response(body, { status: answer.status, headers: answer.headers });
    };
    binh.way = trickling;
    binh.connection(true);
    await time.pass(300_000);
    expect(binh.case(saved.id)?.sync.state).toBe("central");
    expect(centre.feeds().open).toBeGreaterThan(0);
  });

  it("a request that never ends is given up, and the next run is not blocked", async () => {
    const { time, device } = await createWorld();
    const an = await device("an");
    await time.pass(5_000);
    an.way = silence("_bulk_docs");
    const saved = await an.newCase();
    await time.pass(10_000);
    expect(an.exchange.state.phase).toBe("syncing");
    await time.pass(60_000);
    expect(an.log).toContainEqual({ event: "phase", phase: "offline", fault: "offline" });
    expect(an.requests.filter((request) => request.endsWith("_bulk_docs")).length).toBeGreaterThan(1);
    an.way = straight;
    await time.pass(60_000);
    expect(an.case(saved.id)?.sync.state).toBe("central");
  });

  it("a half-open held-open request is noticed", async () => {
    const { time, centre, device } = await createWorld();
    const binh = await device("binh");
    const an = await device("an");
    await time.pass(5_000);
    binh.way = silence("longpoll");
    await time.pass(30_000);
    const saved = await an.newCase();
    binh.way = straight;
    await time.pass(90_000);
    expect(binh.case(saved.id)?.sync.state).toBe("central");
    expect(centre.feeds().open).toBeLessThanOrEqual(6);
  });
});

describe("session", () => {
  it("a cookie that has run out is renewed from the sealed password", async () => {
    const { time, device } = await createWorld();
    const an = await device("an", { online: true });
    await time.pass(5_000);
    an.connection(false);
    await time.pass(3600_000);
    const saved = await an.newCase();
    an.connection(true);
    await time.pass(5_000);
    expect(an.case(saved.id)?.sync.state).toBe("central");
    expect(an.log.filter(({ event }) => event === "signedIn")).toHaveLength(2);
  });

  it("a cookie that the centre voids in the middle of a run is renewed once", async () => {
    const { time, device } = await createWorld();
    const an = await device("an");
    await time.pass(5_000);
    let refusals = 0;
    an.way = (request, next) => {
      if (!request.url.includes("_bulk_docs") || refusals > 0) return next(request);
      refusals += 1;
      return Promise.resolve(couchError(401, "unauthorized")());
    };
    const saved = await an.newCase();
    await time.pass(5_000);
    expect(an.case(saved.id)?.sync.state).toBe("central");
  });

  it("a changed password is asked for, one try only; nothing is lost while it waits", async () => {
    const { time, centre, device } = await createWorld();
    const an = await device("an");
    await time.pass(5_000);
    await putAccount(centre.operate, "an", accounts.an, "một câu mật khẩu mới");
    const saved = await an.newCase();
    await time.pass(10_000);
    expect(an.exchange.state).toMatchObject({ phase: "error", fault: { kind: "passwordChanged" } });
    await an.newCase();
    await an.exchange.run();
    an.connection(false);
    an.connection(true);
    await time.pass(3600_000);
    expect(an.exchange.state.fault).toEqual({ kind: "passwordChanged" });
    expect(an.requests.filter((request) => request === "POST /_session")).toHaveLength(2);
    expect(an.exchange.counts.waiting).toBe(2);

    await an.exchange.resume("một câu mật khẩu mới");
    await time.pass(5_000);
    expect(an.exchange.state.phase).toBe("idle");
    expect(an.case(saved.id)?.sync.state).toBe("central");
  });

  it("a wrong answer to resume asks again", async () => {
    const { time, centre, device } = await createWorld();
    const an = await device("an");
    await time.pass(5_000);
    await putAccount(centre.operate, "an", accounts.an, "một câu mật khẩu mới");
    await time.pass(60_000);
    await an.exchange.resume("không phải câu đó");
    expect(an.exchange.state).toMatchObject({ phase: "error", fault: { kind: "passwordChanged" } });
  });

  it("a password that was handed out: said, nothing is lost or asked again, and another one goes on", async () => {
    const { time, device } = await createWorld();
    const an = await device("an");
    await time.pass(5_000);
    const held = couchError(403, "one_time_password");
    an.way = (request, next) => (request.url.includes("/_session") ? next(request) : Promise.resolve(held()));
    const saved = await an.newCase();
    await time.pass(60_000);
    expect(an.exchange.state).toMatchObject({ phase: "error", fault: { kind: "oneTimePassword" } });
    await an.newCase();
    const asked = an.requests.length;
    await time.pass(3600_000);
    // Held open requests end; nobody knocks again by himself.
    expect(an.requests.length - asked).toBeLessThan(10);
    expect(an.exchange.counts).toMatchObject({ waiting: 2, refused: 0 });
    expect(an.case(saved.id)?.sync.state).toBe("local");
    expect(an.exchange.state.fault).toEqual({ kind: "oneTimePassword" });

    an.way = straight;
    await an.exchange.resume(passwordOf("an"));
    await time.pass(5_000);
    expect(an.exchange.state.phase).toBe("idle");
    expect(an.case(saved.id)?.sync.state).toBe("central");
  });

  it("another person's password that was handed out, whose cookie is in the browser, is not taken for ours", async () => {
    const { time, centre, device } = await createWorld();
    const an = await device("an");
    await time.pass(5_000);
    const cookie = pairOf(await cookieOf(centre, "binh"));
    let swapped = true;
    an.way = (request, next) => {
      if (request.url.endsWith("/_session") && request.method === "POST") swapped = false;
      if (!swapped) return next(request);
      if (!request.url.includes("/_session")) return Promise.resolve(couchError(403, "one_time_password")());
      const headers = new Headers(request.headers);
      headers.set("cookie", cookie);
      return next(new Request(request, { headers }));
    };
    const saved = await an.newCase();
    await time.pass(30_000);
    expect(an.case(saved.id)?.sync.state).toBe("central");
    expect(an.exchange.state.phase).toBe("idle");
  });

  it("a refusal of our own good cookie is no reason to sign in: each would cost the centre a password hash", async () => {
    const { time, device } = await createWorld();
    const an = await device("an");
    await time.pass(5_000);
    const signIns = () => an.requests.filter((request) => request === "POST /_session").length;
    expect(signIns()).toBe(1);
    an.way = answeredBy("_bulk_docs", couchError(401, "unauthorized"));
    const { id } = await an.newCase();
    await time.pass(200_000);
    expect(signIns()).toBe(1);
    expect(an.exchange.state.phase).toBe("error");
    an.way = straight;
    await time.pass(300_000);
    expect(an.case(id)?.sync.state).toBe("central");
  });

  it("locked out: said, and not knocked at again for minutes", async () => {
    const { time, device } = await createWorld();
    const an = await device("an", { online: false });
    const saved = await an.newCase();
    an.way = answeredBy("/_session", couchError(403, "forbidden"));
    an.connection(true);
    await time.pass(200_000);
    expect(an.exchange.state).toMatchObject({ phase: "error", fault: { kind: "forbidden" } });
    expect(an.requests).toHaveLength(1);
    an.way = straight;
    await time.pass(400_000);
    expect(an.case(saved.id)?.sync.state).toBe("central");
  });

  it("what another person's cookie refuses is not believed where a feed has signed us in again before we ask who we are", async () => {
    const { time, centre, device } = await createWorld();
    const an = await device("an", { online: false });
    const cookie = pairOf(await cookieOf(centre, "binh"));
    let feedEnds: (answer: Response) => void = () => undefined;
    const signIns = () => an.log.filter(({ event }) => event === "signedIn").length;
    let hasWritten = false;
    an.way = async (request, next) => {
      if (request.url.includes("directory/_changes") && request.url.includes("longpoll") && !hasWritten)
        return new Promise<Response>((resolve) => (feedEnds = resolve));
      // Until then the browser's cookie is the other's.
      if (request.url.includes("/_session") && request.method === "GET" && hasWritten && signIns() < 2)
        request.headers.set("cookie", cookie);
      if (!request.url.includes("_bulk_docs") || hasWritten) return next(request);
      hasWritten = true;
      request.headers.set("cookie", cookie);
      const answer = await next(request);
      feedEnds(couchError(401, "unauthorized")());
      while (signIns() < 2) await new Promise((resolve) => setImmediate(resolve));
      return answer;
    };
    an.connection(true);
    await time.pass(10_000);
    const { id } = await an.newCase();
    await time.pass(60_000);
    expect(hasWritten).toBe(true);
    expect(signIns()).toBe(2);
    expect(an.case(id)?.sync.state).toBe("central");
    expect(an.exchange.counts).toEqual({ waiting: 0, refused: 0, clashes: 0 });
  });

  it("a 401 that arrives after another request has signed us in: asked again, and nothing is told as forbidden", async () => {
    const { time, device } = await createWorld();
    const an = await device("an", { online: false });
    let feedEnds: (answer: Response) => void = () => undefined;
    let isVoid = false;
    let wasRefused = false;
    const signIns = () => an.log.filter(({ event }) => event === "signedIn").length;
    async function signedInAgain(): Promise<void> {
      while (signIns() < 2) await new Promise((resolve) => setImmediate(resolve));
    }
    an.way = async (request, next) => {
      if (request.url.includes("longpoll") && request.url.includes("directory") && signIns() < 2)
        return new Promise<Response>((resolve) => (feedEnds = resolve));
      // The browser's cookie is nobody's any more, until somebody signs in.
      if (isVoid && signIns() < 2) request.headers.delete("cookie");
      const isWrite = request.url.includes("_bulk_docs");
      const answer = await next(request);
      if (isWrite && isVoid && !wasRefused) {
        wasRefused = true;
        expect(answer.status).toBe(401);
        // On its way back a feed is refused too, and signs in.
        feedEnds(couchError(401, "unauthorized")());
        await time.busy(signedInAgain());
      }
      return answer;
    };
    an.connection(true);
    await time.pass(10_000);
    isVoid = true;
    const from = an.log.length;
    const { id } = await an.newCase();
    await time.pass(500);
    expect(wasRefused).toBe(true);
    expect(an.log.slice(from).filter((event) => "fault" in event && event.fault !== undefined)).toEqual([]);
    expect(an.log.slice(from).filter(({ event }) => event === "trouble")).toEqual([]);
    await time.pass(2_000);
    expect(an.case(id)?.sync.state).toBe("central");
  });

  it("another person's cookie in the browser is neither used nor believed", async () => {
    const { time, centre, device } = await createWorld();
    const an = await device("an");
    await time.pass(5_000);
    // Somebody else signs in in another tab: the browser has one cookie for both.
    const cookie = await cookieOf(centre, "binh");
    let swapped = false;
    an.way = async (request, next) => {
      if (swapped || !request.url.includes("_bulk_docs")) return next(request);
      swapped = true;
      request.headers.set("cookie", pairOf(cookie));
      const answer = await next(request);
      return new Response(answer.body, {
        headers: { "content-type": "application/json", "set-cookie": cookie },
        status: answer.status,
      });
    };
    const saved = await an.newCase();
    await time.pass(10_000);
    expect(swapped).toBe(true);
    expect(an.case(saved.id)?.sync.state).toBe("central");
    expect((await centre.documents(database)).get(saved.id)).toMatchObject({ createdBy: "an" });
  });
});

describe("something else answers", () => {
  it.each([
    ["a page", html(200)],
    ["a redirection", html(302, { location: "http://wifi.example/" })],
    ["a page that says 403", html(403)],
    ["network authentication required", html(511)],
    ["JSON of somebody else", () => Response.json({ welcome: true })],
  ])(
    "captive portal, %s: said so, no password asked, nothing lost, clock untouched",
    async (_name, answer) => {
      const { time, device } = await createWorld();
      const an = await device("an", { online: false });
      const saved = await an.newCase();
      an.way = (request) => {
        // Where the redirection leads is nobody's business.
        expect(request.redirect).toBe("manual");
        return Promise.resolve(answer());
      };
      an.connection(true);
      await time.pass(30_000);
      expect(an.exchange.state).toMatchObject({ phase: "error", fault: { kind: "notTheCentre" } });
      expect(an.store.local("clockOffset")).toBeUndefined();
      an.way = straight;
      await time.pass(120_000);
      expect(an.exchange.state.phase).toBe("idle");
      expect(an.case(saved.id)?.sync.state).toBe("central");
    },
  );
});

describe("the centre's refusals", () => {
  it("413: the batch is halved until it goes through; a single record that is too large is put aside", async () => {
    const { time, centre, device } = await createWorld();
    const an = await device("an", { online: false });
    const saved = [];
    for (let count = 0; count < 9; count++) saved.push(await an.newCase());
    const large = await an.newNote(saved[0]!.id, "x".repeat(9_000));
    saved.push(await an.newCase());
    const sizes: number[] = [];
    an.way = async (request, next) => {
      if (!request.url.includes("_bulk_docs")) return next(request);
      const body = (await request.clone().json()) as { docs: unknown[] };
      sizes.push(body.docs.length);
      const tooLarge = body.docs.length > 3 || JSON.stringify(body).length > 8_000;
      return tooLarge ? html(413)() : next(request);
    };
    an.connection(true);
    await time.pass(10_000);
    expect(sizes[0]).toBe(11);
    expect((await centre.documents(database)).size).toBe(10);
    expect(an.store.read.get("note", large.id)?.sync).toMatchObject({
      state: "refused",
      refusal: { kind: "too_large" },
    });
    expect(an.exchange.counts).toEqual({ waiting: 0, refused: 1, clashes: 0 });
  });

  it("413: what is found to go through is kept to for the run, so that not every other request is for nothing", async () => {
    const { time, centre, device } = await createWorld();
    const an = await device("an", { online: false });
    for (let count = 0; count < 40; count++) await an.newCase();
    const sizes: number[] = [];
    an.way = async (request, next) => {
      if (!request.url.includes("_bulk_docs")) return next(request);
      const { length } = ((await request.clone().json()) as { docs: unknown[] }).docs;
      sizes.push(length);
      return length > 5 ? html(413)() : next(request);
    };
    an.connection(true);
    await time.pass(10_000);
    expect((await centre.documents(database)).size).toBe(40);
    expect(sizes).toEqual([40, 20, 10, ...Array.from({ length: 8 }, () => 5)]);
  });

  it("400 for a whole batch because of one record: only that one is put aside", async () => {
    const { time, centre, device } = await createWorld();
    const an = await device("an", { online: false });
    const good = [await an.newCase(), await an.newCase(), await an.newCase()];
    const bad = await an.newCase({ code: "POISON" });
    const last = await an.newCase();
    an.way = async (request, next) => {
      const poisoned =
        request.url.includes("_bulk_docs") && (await request.clone().text()).includes("POISON");
      return poisoned ? couchError(400, "bad_request")() : next(request);
    };
    an.connection(true);
    await time.pass(10_000);
    expect([...(await centre.documents(database)).keys()].sort()).toEqual(
      [...good, last].map(({ id }) => id).sort(),
    );
    expect(an.case(bad.id)?.sync).toMatchObject({ state: "refused", refusal: { kind: "invalid" } });
  });

  it.each([
    ["413", html(413)],
    ["400", couchError(400, "bad_request")],
  ])(
    "%s for everything, however little is sent: no record's fault, said, and all go when it is over",
    async (_status, answer) => {
      const { time, device } = await createWorld();
      const an = await device("an", { online: false });
      for (let count = 0; count < 20; count++) await an.newCase();
      an.way = answeredBy("_bulk_docs", answer);
      an.connection(true);
      await time.pass(1_800_000);
      expect(an.exchange.counts).toEqual({ waiting: 20, refused: 0, clashes: 0 });
      expect(an.exchange.state.phase).toBe("error");
      expect(an.requests.filter((request) => request.endsWith("_bulk_docs")).length).toBeLessThan(150);
      an.way = straight;
      await time.pass(301_000);
      expect(an.exchange.counts).toEqual({ waiting: 0, refused: 0, clashes: 0 });
    },
  );

  it("413 for the first of many: these are put aside, and what is small goes", async () => {
    const { time, centre, device } = await createWorld();
    const an = await device("an", { online: false });
    const large = [];
    for (let count = 0; count < 6; count++)
      large.push(await an.newNote(crypto.randomUUID(), "x".repeat(9_000 - count)));
    const small = [await an.newCase(), await an.newCase(), await an.newCase()];
    an.way = async (request, next) => {
      const isTooLarge = request.url.includes("_bulk_docs") && (await request.clone().text()).length > 8_000;
      return isTooLarge ? html(413)() : next(request);
    };
    an.connection(true);
    await time.pass(10_000);
    expect([...(await centre.documents(database)).keys()].toSorted()).toEqual(
      small.map(({ id }) => id).toSorted(),
    );
    expect(an.exchange.counts).toEqual({ waiting: 0, refused: large.length, clashes: 0 });
  });

  it("415 says nothing of any record, however few are sent: none is put aside, and all go when it is over", async () => {
    const { time, device } = await createWorld();
    const an = await device("an", { online: false });
    for (let count = 0; count < 5; count++) await an.newCase();
    an.way = answeredBy("_bulk_docs", couchError(415, "bad_content_type"));
    an.connection(true);
    await time.pass(600_000);
    expect(an.exchange.counts).toEqual({ waiting: 5, refused: 0, clashes: 0 });
    an.way = straight;
    await time.pass(301_000);
    expect(an.exchange.counts).toEqual({ waiting: 0, refused: 0, clashes: 0 });
  });

  it("500 for one record: the others get through, and it is tried again", async () => {
    const { time, centre, device } = await createWorld();
    const an = await device("an", { online: false });
    for (let count = 0; count < 4; count++) await an.newCase();
    const bad = await an.newCase({ code: "POISON" });
    const last = await an.newCase();
    an.way = async (request, next) => {
      const poisoned =
        request.url.includes("_bulk_docs") && (await request.clone().text()).includes("POISON");
      return poisoned ? couchError(500, "internal_server_error")() : next(request);
    };
    an.connection(true);
    await time.pass(60_000);
    expect((await centre.documents(database)).size).toBe(5);
    expect(an.case(last.id)?.sync.state).toBe("central");
    expect(an.case(bad.id)?.sync.state).toBe("local");
    an.way = straight;
    await time.pass(60_000);
    expect(an.case(bad.id)?.sync.state).toBe("central");
  });

  it("429: comes back when it was told to, not before, and not because something was saved", async () => {
    const { time, device } = await createWorld();
    const an = await device("an", { online: false });
    await an.newCase();
    an.way = answeredBy("/", couchError(429, "too_many_requests", { "retry-after": "120" }));
    an.connection(true);
    await time.pass(5_000);
    const count = an.requests.length;
    const saved = await an.newCase();
    an.way = straight;
    await time.pass(110_000);
    expect(an.requests).toHaveLength(count);
    await time.pass(40_000);
    expect(an.case(saved.id)?.sync.state).toBe("central");
  });

  it("429: somebody who asks before the time is over and gets through; what is saved after goes at once", async () => {
    const { time, device } = await createWorld();
    const an = await device("an");
    await time.pass(10_000);
    an.way = answeredBy("_bulk_docs", couchError(429, "too_many_requests", { "retry-after": "600" }));
    const { id } = await an.newCase();
    await time.pass(5_000);
    expect(an.exchange.state).toMatchObject({ phase: "error", fault: { kind: "centreFault", status: 429 } });
    an.way = straight;
    await time.busy(an.exchange.run());
    await time.pass(5_000);
    expect(an.case(id)?.sync.state).toBe("central");
    const later = await an.newCase();
    await time.pass(5_000);
    expect(an.case(later.id)?.sync.state).toBe("central");
  });

  it.each(["Fri, 31 Dec 2100 23:59:59 GMT", "999999"])(
    "429 until %s: not for longer than an hour, which every timer can wait",
    async (retryAfter) => {
      const { time, device } = await createWorld();
      const an = await device("an");
      await time.pass(10_000);
      an.way = answeredBy("/", couchError(429, "too_many_requests", { "retry-after": retryAfter }));
      const { id } = await an.newCase();
      await time.pass(1_800_000);
      an.way = straight;
      const count = an.requests.length;
      await time.pass(1_700_000);
      expect(an.requests).toHaveLength(count);
      await time.pass(200_000);
      expect(an.case(id)?.sync.state).toBe("central");
    },
  );

  it("502 with a page: tried again ever more rarely, and never given up", async () => {
    const { time, device } = await createWorld();
    const an = await device("an", { online: false });
    const saved = await an.newCase();
    an.way = answeredBy("/", html(502));
    an.connection(true);
    await time.pass(3600_000);
    expect(an.exchange.state).toMatchObject({ phase: "error", fault: { kind: "centreFault", status: 502 } });
    expect(an.requests.length).toBeLessThan(40);
    expect(an.requests.length).toBeGreaterThan(10);
    an.way = straight;
    await time.pass(301_000);
    expect(an.case(saved.id)?.sync.state).toBe("central");
  });

  it("one database with a trouble of its own: asked seldom, however the moments fall", async () => {
    const { time, device } = await createWorld();
    const an = await device("an");
    await time.pass(5_000);
    const before = an.requests.length;
    let failed = false;
    an.way = async (request, next) => {
      // A device that never stops asking would keep time itself from passing.
      if (an.requests.length > before + 2_000) return new Promise(() => undefined);
      const fails = request.url.includes(database);
      // Between the failure and what is arranged after it a part of a millisecond passes.
      if (failed && !fails) await new Promise<void>((resolve) => void time.after(0.6, resolve));
      failed = fails;
      return fails ? couchError(500, "broken")() : next(request);
    };
    await an.newCase();
    await time.pass(3600_000);
    expect(an.requests.length - before).toBeLessThan(600);
    an.way = straight;
    await time.pass(301_000);
    expect(an.exchange.counts.waiting).toBe(0);
  });
});
