// Rights that go while something else goes wrong: a record saved a moment too late, a centre that was put back meanwhile.
import { describe, expect, it } from "vitest";
import { err } from "#src/domain/ports/result.ts";
import { accounts, hoaVang, makeAnew, passwordOf, putAccount } from "./support/test-centre.ts";
import { damaged } from "./support/test-device.ts";
import { throughDoor } from "./support/through-door.ts";
import { couchError } from "./support/ways.ts";
import { createWorld } from "./support/world.ts";

const app = { device: "phone-of-an", appVersion: "1.0.0" };
const files = `s-${hoaVang}`;
const json = { "content-type": "application/json" };

async function world() {
  const { time, centre, device } = await createWorld();
  const an = await device("an", { app, online: false });
  an.way = await throughDoor(centre, time);
  an.connection(true);
  await time.pass(5_000);
  const inbox = async () =>
    [...(await centre.documents("neo-ve"))].flatMap(([id, { record }]): unknown[] =>
      id.startsWith("inbox:") ? [Reflect.get(Object(record), "id")] : [],
    );
  const takeRole = () => putAccount(centre.operate, "an", accounts.an.slice(0, 1));
  return { time, centre, device, an, inbox, takeRole };
}

it("a form that was still open when the site had left the device is saved: it reaches the inbox, and nothing waits", async () => {
  const { time, an, inbox, takeRole } = await world();
  await an.newCase();
  await time.pass(10_000);
  await takeRole();
  await time.pass(60_000);
  expect(an.store.rows(files)).toEqual([]);
  const { id } = await an.newCase();
  await time.pass(60_000);
  expect(await inbox()).toEqual([id]);
  expect(an.store.rows(files)).toEqual([]);
  expect(an.exchange.counts.waiting).toBe(0);
});

it("a centre that was put back, and the role taken before the device has looked: what the centre may have lost is handed over", async () => {
  const { time, centre, an, inbox, takeRole } = await world();
  const { id } = await an.newCase();
  await time.pass(10_000);
  expect(an.case(id)?.sync.state).toBe("central");
  an.connection(false);
  // Without the record.
  await makeAnew(centre, time, ["directory", files]);
  await takeRole();
  an.connection(true);
  await time.pass(60_000);
  expect(await inbox()).toEqual([id]);
  expect(an.store.rows(files)).toEqual([]);
});

it("a centre that was put back, the role taken, and an inbox that is full: what the centre may have lost stays until it is kept", async () => {
  const { time, centre, an, inbox, takeRole } = await world();
  const { id } = await an.newCase();
  await time.pass(10_000);
  an.connection(false);
  await makeAnew(centre, time, ["directory", files]);
  await takeRole();
  const straight = an.way;
  an.way = (request, next) =>
    request.url.endsWith("/inbox")
      ? Promise.resolve(Response.json({ ok: true, kept: [], at: new Date(time.now()).toISOString() }))
      : straight(request, next);
  an.connection(true);
  await time.pass(600_000);
  expect(an.store.rows(files).map(({ record }) => record.id)).toEqual([id]);
  an.way = straight;
  await time.pass(300_000);
  expect(await inbox()).toEqual([id]);
  expect(an.store.rows(files)).toEqual([]);
});

describe("a centre that was put back, and the role taken before the device has looked", () => {
  /** A record that is on the device, and of which the centre knows nothing any more. */
  async function withSent() {
    const parts = await world();
    const { time, centre, an, takeRole } = parts;
    const { id } = await an.newCase();
    await time.pass(10_000);
    expect(an.case(id)?.sync.state).toBe("central");
    return {
      ...parts,
      id,
      straight: an.way,
      putBack: async (at: typeof time | undefined) => {
        await makeAnew(centre, at, ["directory", files]);
        await takeRole();
      },
    };
  }

  it.each(["killed", "without room on the disk"])(
    "the device %s at the very moment when it finds out: what the centre may have lost is handed over",
    async (how) => {
      for (const step of [1, 2, 3]) {
        const { time, an, inbox, putBack, id } = await withSent();
        an.connection(false);
        await putBack(time);
        let writes = 0;
        an.diskWay = async (write) => {
          if ((writes += 1) !== step) return write();
          if (how !== "killed") return err({ type: "StorageFull" });
          void an.kill();
          return new Promise(() => undefined);
        };
        an.connection(true);
        await time.pass(5_000);
        expect(writes).toBeGreaterThanOrEqual(step);
        if (how === "killed") await an.start();
        await time.pass(600_000);
        expect([step, ...(await inbox())]).toEqual([step, id]);
        expect(an.store.rows(files)).toEqual([]);
      }
    },
  );

  it("twice, the second time before the directory could be read: the same", async () => {
    const { time, centre, an, inbox, putBack, straight, id } = await withSent();
    an.connection(false);
    await makeAnew(centre, time, ["directory", files]);
    an.way = (request, next) =>
      request.url.includes("/directory/_")
        ? Promise.resolve(couchError(500, "internal_server_error")())
        : straight(request, next);
    an.connection(true);
    await time.pass(60_000);
    expect((await centre.documents(files)).has(id)).toBe(true);
    expect(an.case(id)?.sync.state).toBe("central");
    an.connection(false);
    await putBack(time);
    an.way = straight;
    an.connection(true);
    await time.pass(900_000);
    expect(await inbox()).toEqual([id]);
    expect(an.store.rows(files)).toEqual([]);
  });

  it("told by a directory that does not know its own place any more: the same", async () => {
    const { time, an, inbox, putBack, straight, id } = await withSent();
    await time.pass(30_000);
    let refused = 0;
    an.way = async (request, next) => {
      if (refused > 0 || !request.url.includes("/directory/_changes")) {
        const answer = await straight(request, next);
        // What others are told would have the device look anew before the directory has told anything.
        if (answer.status >= 400) await new Promise<void>((ring) => void time.after(500, ring));
        return answer;
      }
      refused += 1;
      await time.busy(putBack(undefined));
      return couchError(404, "not_found")();
    };
    await time.pass(900_000);
    expect(refused).toBe(1);
    expect(await inbox()).toEqual([id]);
    expect(an.store.rows(files)).toEqual([]);
  });

  it("while a page of changes is still on its way: the same", async () => {
    const { time, centre, device, an, inbox, putBack, straight, id } = await withSent();
    const binh = await device("binh");
    const seen = { page: false, putBack: false };
    let letThrough = (): void => undefined;
    const isLet = new Promise<void>((resolve) => (letThrough = resolve));
    an.way = async (request, next) => {
      const { pathname } = new URL(request.url);
      // What is sent, or asked of another database, would end in giving the page up.
      if (seen.page && /^\/p-|_bulk_docs$/.test(pathname)) await isLet;
      if (seen.page && !seen.putBack && pathname === "/directory") {
        seen.putBack = true;
        await time.busy(putBack(undefined));
        await an.newCase();
      }
      const answer = await straight(request, next);
      if (seen.page || pathname !== `/${files}/_changes`) return answer;
      const text = await answer.text();
      seen.page = text.includes('"changes"');
      if (seen.page) await isLet;
      return new Response(text, answer);
    };
    await time.pass(90_000);
    await binh.newCase();
    for (let waited = 0; waited < 50 && !seen.putBack; waited++) await time.pass(1_000);
    expect(seen).toEqual({ page: true, putBack: true });
    await time.pass(200);
    letThrough();
    await time.pass(600_000);
    expect(await inbox()).toContain(id);
    expect((await centre.documents(files)).has(id)).toBe(false);
    expect(an.store.rows(files)).toEqual([]);
  });

  it.each(["directory", files])(
    "and on whose disk the place in %s is damaged: the same",
    async (database) => {
      const { time, an, inbox, putBack, id } = await withSent();
      an.connection(false);
      await an.kill();
      const found = [...an.disk.envelopes.values()].find(({ b }) => b.includes(`"checkpoint:${database}"`));
      if (!found) throw new Error("not on the disk");
      an.disk.envelopes.set(found.id, { ...found, b: `${damaged} ${found.b.slice(0, 40)}` });
      await putBack(time);
      await an.start();
      an.connection(true);
      await time.pass(600_000);
      expect(await inbox()).toEqual([id]);
    },
  );

  it("while the disk is slow to take what the device has found out: the same", async () => {
    const { time, centre, an, inbox, takeRole, straight, id } = await withSent();
    an.way = async (request, next) => {
      const { pathname, searchParams } = new URL(request.url);
      const since = searchParams.get("since") ?? "0";
      if (pathname !== `/${files}/_changes` || since === "0") return straight(request, next);
      await new Promise<void>((ring) => void time.after(20_000, ring));
      return Response.json({ results: [], last_seq: since, pending: 0 });
    };
    await time.pass(60_000);
    await makeAnew(centre, undefined, [files]);
    let isSlow = false;
    an.diskWay = async (write) => {
      if (isSlow) return write();
      isSlow = true;
      void time.busy(takeRole()).then(() => an.exchange.run());
      await new Promise<void>((ring) => void time.after(300, ring));
      return write();
    };
    await time.pass(900_000);
    expect(isSlow).toBe(true);
    expect(await inbox()).toEqual([id]);
    expect(an.store.rows(files)).toEqual([]);
  });
});

it("a refusal with a very long reason does not keep a lost site from being handed over", async () => {
  const { time, an, inbox, takeRole } = await world();
  const straight = an.way;
  const reason = `schema: ${"x".repeat(3_000)}`;
  an.way = async (request, next) => {
    if (!request.url.includes("_bulk_docs")) return straight(request, next);
    const { docs } = (await request.json()) as { docs: { _id: string }[] };
    return Response.json(docs.map(({ _id }) => ({ id: _id, error: "forbidden", reason })));
  };
  const { id } = await an.newCase();
  await time.pass(10_000);
  expect(an.exchange.counts.refused).toBe(1);
  an.way = straight;
  await takeRole();
  await time.pass(600_000);
  expect(await inbox()).toEqual([id]);
  expect(an.store.rows(files)).toEqual([]);
});

it("another person signs in on the device just when a lost site is handed over: the inbox has it under its own author's name", async () => {
  const { time, centre, an, takeRole } = await world();
  an.connection(false);
  const { id } = await an.newCase();
  await takeRole();
  const straight = an.way;
  let isAnother = false;
  an.way = async (request, next) => {
    if (!request.url.endsWith("/api/inbox") || isAnother) return straight(request, next);
    isAnother = true;
    const body = JSON.stringify({ name: "chi", password: passwordOf("chi") });
    const asked = new Request("http://centre/_session", { method: "POST", headers: json, body });
    const cookie = (await straight(asked, next)).headers.getSetCookie()[0] ?? "";
    const headers = new Headers(request.headers);
    headers.set("cookie", cookie.split(";")[0] ?? "");
    return straight(new Request(request, { headers }), next);
  };
  an.connection(true);
  await time.pass(60_000);
  expect(isAnother).toBe(true);
  const items = [...(await centre.documents("neo-ve"))].filter(([key]) => key.startsWith("inbox:"));
  expect(items.map(([, { account, record }]) => [account, Reflect.get(Object(record), "id")])).toEqual([
    ["an", id],
  ]);
  expect(an.store.rows(files)).toEqual([]);
});

it("a centre that was put back, and a record brought back by another just while this device compares: what follows on it is seen here", async () => {
  const { time, centre, device } = await createWorld();
  const [an, binh] = [await device("an"), await device("binh")];
  const { id } = await an.newCase();
  await time.pass(5_000);
  for (const owner of ["an", "binh", "lan"]) {
    await an.editCase(id, { owner });
    await time.pass(5_000);
  }
  an.connection(false);
  binh.connection(false);
  await makeAnew(centre, time, ["directory", files]);
  let isBroughtBack = false;
  binh.way = async (request, next) => {
    if (isBroughtBack || !request.url.includes(`${files}/_all_docs`)) return next(request);
    isBroughtBack = true;
    an.connection(true);
    await new Promise<void>((resolve) => void time.after(10_000, resolve));
    return next(request);
  };
  binh.connection(true);
  await time.pass(60_000);
  expect(isBroughtBack).toBe(true);
  await an.editCase(id, { riskLevel: "high" });
  await time.pass(10_000);
  expect(binh.case(id)?.record).toEqual(an.case(id)?.record);
  await binh.editCase(id, { owner: "binh" });
  await time.pass(10_000);
  expect(an.case(id)?.record).toMatchObject({ owner: "binh", riskLevel: "high" });
  expect(binh.exchange.counts.waiting).toBe(0);
});
