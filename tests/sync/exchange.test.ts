// What people see of the exchange: what one device saves appears on the others, and at the centre.
import { describe, expect, it } from "vitest";
import { answeredBy, html, silence, straight } from "./support/ways.ts";
import { createWorld } from "./support/world.ts";
import { hoaVang } from "./support/test-centre.ts";

const database = `s-${hoaVang}`;

describe("exchange", () => {
  it("brings what one device saves to another online device within seconds, without asking", async () => {
    const { time, device } = await createWorld();
    const an = await device("an");
    const binh = await device("binh");
    const lan = await device("lan");
    await time.pass(3_000);
    expect(an.exchange.state.phase).toBe("idle");

    const saved = await an.newCase({ riskLevel: "high" });
    expect(an.case(saved.id)?.sync.state).toBe("local");
    await time.pass(6_000);
    expect(binh.case(saved.id)?.record).toEqual(saved);
    expect(lan.case(saved.id)?.record).toEqual(saved);
    expect(an.case(saved.id)?.sync.state).toBe("central");
    expect(an.exchange.counts).toEqual({ waiting: 0, refused: 0, clashes: 0 });
  });

  it("says of a record that it is sent, and still counts it as waiting, until it is seen back at the centre", async () => {
    const { time, device } = await createWorld();
    const an = await device("an");
    await time.pass(3_000);
    an.way = silence("_changes");
    // Until the request that was held open before has ended.
    await time.pass(30_000);
    const { id } = await an.newCase();
    await time.pass(2_000);
    const { state, at } = { at: "", ...an.case(id)!.sync };
    expect(state).toBe("sent");
    expect(time.now() - Date.parse(at)).toBeLessThan(5_000);
    expect(an.exchange.counts.waiting).toBe(1);
    an.way = straight;
    await time.pass(120_000);
    expect(an.case(id)?.sync.state).toBe("central");
    expect(an.exchange.counts.waiting).toBe(0);
  });

  it("takes over the directory and the databases of the user's place", async () => {
    const { time, device } = await createWorld();
    const lan = await device("lan");
    const admin = await device("admin");
    await time.pass(3_000);
    expect(lan.store.read.list("site")).toHaveLength(3);
    expect(admin.requests.some((request) => request.includes("/s-"))).toBe(false);
    expect(lan.requests.some((request) => request.includes(`/${database}/_changes`))).toBe(true);
    expect(lan.requests.some((request) => request.includes("/p-"))).toBe(false);
  });
});

describe("saves and runs that fall together", () => {
  it("a save in the middle of a whole run is sent, and the device goes on listening", async () => {
    const { time, centre, device } = await createWorld();
    const an = await device("an");
    const binh = await device("binh");
    await time.pass(5_000);
    let during = "";
    an.way = async (request, next) => {
      const answer = await next(request);
      if (request.url.includes("/p-") && !request.url.includes("longpoll") && during === "")
        during = (await an.newCase()).id;
      return answer;
    };
    await an.exchange.run();
    await time.pass(2_000);
    expect(an.case(during)?.sync.state).toBe("central");
    expect(centre.feeds().waiting).toBe(6);
    const later = await binh.newCase();
    await time.pass(3_000);
    expect(an.case(later.id)?.sync.state).toBe("central");
  });

  it("many saves at once go in few requests, in their order", async () => {
    const { time, device } = await createWorld();
    const an = await device("an");
    await time.pass(5_000);
    an.requests.length = 0;
    const saved = await Promise.all(Array.from({ length: 50 }, () => an.newCase()));
    await time.pass(3_000);
    expect(saved.every(({ id }) => an.case(id)?.sync.state === "central")).toBe(true);
    expect(an.requests.filter((request) => request.endsWith("_bulk_docs")).length).toBeLessThan(6);
  });

  it("an idle device asks little: a held-open request for each database, and now and then which one it is", async () => {
    const { time, device } = await createWorld();
    const an = await device("an");
    await time.pass(10_000);
    an.requests.length = 0;
    await time.pass(600_000);
    const held = an.requests.filter((request) => request.endsWith("/_changes"));
    expect(held.length).toBeLessThan(80);
    expect(new Set(held).size).toBe(3);
    const described = an.requests.filter((request) => !held.includes(request));
    expect(described.length).toBeLessThan(20);
    expect(new Set(described)).toEqual(new Set(held.map((request) => request.replace("/_changes", ""))));
  });
});

describe("somebody who presses the button while the exchange hangs in a dead connection", () => {
  it.each(["/_changes", "/_bulk_docs"])("gets a new one at once, at %s", async (part) => {
    const { time, device } = await createWorld();
    const an = await device("an");
    await time.pass(5_000);
    an.way = silence(part);
    const saved = await an.newCase();
    void an.exchange.run();
    await time.pass(10_000);
    expect(an.exchange.state.phase).toBe("syncing");
    an.way = straight;
    void an.exchange.run();
    await time.pass(1_000);
    expect(an.case(saved.id)?.sync.state).toBe("central");
    expect(an.exchange.state.phase).toBe("idle");
  });

  it("does not break off one that is still moving", async () => {
    const { time, device } = await createWorld();
    const an = await device("an");
    await time.pass(5_000);
    await an.newCase();
    await time.pass(5_000);
    let slow = 0;
    an.way = async (request, next) => {
      if (!request.url.includes("longpoll")) {
        slow += 1;
        await new Promise((resolve) => time.after(3_000, () => resolve(undefined)));
      }
      return next(request);
    };
    void an.exchange.run();
    await time.pass(2_000);
    const begun = slow;
    void an.exchange.run();
    await time.pass(500);
    expect(slow).toBe(begun);
  });
});

describe("held-open requests through odd proxies", () => {
  it("one that is answered at once with nothing does not make the device run hot", async () => {
    const { time, device } = await createWorld();
    const an = await device("an");
    an.way = (request, next) =>
      request.url.includes("longpoll")
        ? Promise.resolve(Response.json({ results: [], last_seq: "0", pending: 0 }))
        : next(request);
    await time.pass(5_000);
    an.requests.length = 0;
    await time.pass(60_000);
    expect(an.requests.length).toBeLessThan(100);
  });

  it.each([
    ["ended with an error", html(502)],
    ["answered by something else", html(200)],
    [
      "cut off",
      () => {
        throw new TypeError("fetch failed");
      },
    ],
  ])(
    "each of them %s at once: others' work still comes, little is asked, and nothing is told as wrong",
    async (_how, answer) => {
      const { time, device } = await createWorld();
      const an = await device("an");
      const binh = await device("binh");
      await time.pass(10_000);
      an.way = answeredBy("longpoll", answer);
      await time.pass(120_000);
      const count = an.requests.length;
      const from = an.log.length;
      const { id } = await binh.newCase();
      await time.pass(600_000);
      expect(an.case(id)?.sync.state).toBe("central");
      expect(an.requests.length - count).toBeLessThan(400);
      expect(an.log.slice(from).filter((event) => "fault" in event)).toEqual([]);
      an.way = straight;
      await time.pass(60_000);
      const quiet = an.requests.length;
      await time.pass(60_000);
      expect(an.requests.length - quiet).toBeLessThan(12);
    },
  );

  it("one that is answered ever again with what is known does not make the device run hot", async () => {
    const { time, device } = await createWorld();
    const an = await device("an");
    await an.newCase();
    await time.pass(10_000);
    an.way = (request, next) => {
      const url = new URL(request.url);
      if (!url.pathname.endsWith("/_changes")) return next(request);
      url.searchParams.set("since", "0");
      url.searchParams.delete("feed");
      return next(new Request(url, request));
    };
    const count = an.requests.length;
    await time.pass(120_000);
    expect(an.requests.length - count).toBeLessThan(250);
  });

  it("one whose head was written long before its body does not tell the time", async () => {
    const { time, device } = await createWorld();
    const an = await device("an");
    const binh = await device("binh");
    binh.way = async (request, next) => {
      const answer = await next(request);
      if (request.url.includes("longpoll"))
        answer.headers.set("date", new Date(time.now() - 40_000).toUTCString());
      return answer;
    };
    await time.pass(10_000);
    const saved = await an.newCase();
    await time.pass(3_000);
    const sync = binh.case(saved.id)?.sync;
    const at = sync?.state === "central" ? Date.parse(sync.at) : 0;
    expect(Math.abs(at - time.now())).toBeLessThan(5_000);
  });
});
