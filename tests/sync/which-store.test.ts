// Which store a device speaks with: asked now and then, since one may be put back or made anew while nothing is refused.
import { describe, expect, it } from "vitest";
import type { Case } from "#src/domain/records/case.ts";
import { hoaVang, makeAnew } from "./support/test-centre.ts";
import type { TestDevice, Way } from "./support/test-device.ts";
import { couchError } from "./support/ways.ts";
import { createWorld, type World } from "./support/world.ts";

const files = `s-${hoaVang}`;
const calm = { waiting: 0, refused: 0, clashes: 0 };

async function withSent(): Promise<World & { an: TestDevice; sent: Case }> {
  const parts = await createWorld();
  const an = await parts.device("an");
  const sent = await an.newCase({ riskLevel: "high" });
  await parts.time.pass(10_000);
  expect(an.case(sent.id)?.sync.state).toBe("central");
  return { ...parts, an, sent };
}

const startedOver = ({ log }: TestDevice) =>
  log.flatMap((event) => (event.event === "startOver" ? [event.database] : []));

describe("a database that is made anew while a device follows it", () => {
  /** Held-open requests end as if nothing had come, and nobody is refused anything. */
  const silently = async (an: TestDevice, { time, centre }: World, databases: readonly string[]) => {
    const asked = new Set<string>();
    const straight = an.way;
    an.way = async (request, next) => {
      const { pathname, searchParams } = new URL(request.url);
      const database = pathname.split("/")[1] ?? "";
      if (!databases.includes(database) || !pathname.endsWith("/_changes")) return straight(request, next);
      const since = searchParams.get("since") ?? "0";
      if (since === "0") return straight(request, next);
      asked.add(database);
      await new Promise<void>((ring) => void time.after(20_000, ring));
      return Response.json({ results: [], last_seq: since, pending: 0 });
    };
    for (let second = 0; second < 60 && asked.size === 0; second++) await time.pass(1_000);
    await makeAnew(centre, undefined, databases);
  };

  it("is found to be another one, though it is the only one and nothing comes from it", async () => {
    const world = await withSent();
    const { time, centre, an, sent } = world;
    await silently(an, world, [files]);
    await time.pass(300_000);
    expect(startedOver(an)).toEqual([files]);
    expect((await centre.documents(files)).get(sent.id)).toMatchObject({ riskLevel: "high" });
    expect(an.exchange.counts).toEqual(calm);
    expect(an.log.filter(({ event }) => event === "trouble")).toEqual([]);
  });

  it("is found to be another one by a device whose clock has been put back meanwhile", async () => {
    const world = await withSent();
    const { time, centre, an, sent } = world;
    an.skew = 3 * 86_400_000;
    await time.pass(300_000);
    an.skew = 0;
    await silently(an, world, [files]);
    await time.pass(300_000);
    expect((await centre.documents(files)).has(sent.id)).toBe(true);
  });
});

describe("a database that does not come as far as the device has read", () => {
  /** The part of an answer that tells the place, as another copy would. */
  const countedAnew =
    (isAsked: (request: Request) => boolean): Way =>
    async (request, next) => {
      const answer = await next(request);
      if (!isAsked(request)) return answer;
      const text = (await answer.text()).replace(/"update_seq":"\d+-/, '"update_seq":"0-');
      return new Response(text, answer);
    };
  const isDescription = ({ url }: Request) => /^\/[^/]+$/.test(new URL(url).pathname);

  it("and has all that it has shown is one of a cluster's copies, as far as can be told: it is read anew once a day", async () => {
    const { time, an } = await withSent();
    an.way = countedAnew(isDescription);
    await time.pass(300_000);
    const once = startedOver(an);
    expect(once).toContain(files);
    an.requests.length = 0;
    await time.pass(3_600_000);
    expect(an.requests.filter((request) => request === `GET /${files}`).length).toBeGreaterThan(20);
    expect(startedOver(an)).toEqual(once);
    expect(an.exchange.counts).toEqual(calm);
  });

  it.each([
    ["lacks some of what it has shown", []],
    ["has some of it as it was before", [{ value: { rev: "1-a" } }]],
  ])("and %s was put back under its old name: it is compared", async (_how, [of]) => {
    const { time, an, sent } = await withSent();
    await an.editCase(sent.id, { owner: "an" });
    await time.pass(10_000);
    expect(an.store.row(files, sent.id)?.rev).toMatch(/^2-/);
    an.way = async (request, next) => {
      if (!request.url.includes(`${files}/_all_docs`)) return countedAnew(isDescription)(request, next);
      const { keys } = (await request.json()) as { keys: readonly string[] };
      return Response.json({
        rows: keys.map((id) => (of ? { id, key: id, ...of } : { key: id, error: "not_found" })),
      });
    };
    await time.pass(300_000);
    expect(startedOver(an)).toContain(files);
  });
});

it("two stores that answer in turns under one name do not send a device from one to the other without a pause", async () => {
  const { time, an } = await withSent();
  const told = new Map<string, number>();
  an.way = async (request, next) => {
    // Without an end a test would not end either.
    if (an.requests.length > 2_000) return new Promise(() => undefined);
    const answer = await next(request);
    const { pathname } = new URL(request.url);
    if (!/^\/[^/]+$/.test(pathname)) return answer;
    const times = (told.get(pathname) ?? 0) + 1;
    told.set(pathname, times);
    const text = (await answer.text()).replace(/"instance_start_time":"/, `$&${times % 2}`);
    return new Response(text, answer);
  };
  an.requests.length = 0;
  await time.pass(600_000);
  expect(Math.min(...told.values())).toBeGreaterThan(3);
  expect(an.requests.length).toBeLessThan(600);
});

it("a place that another restore has made unknown while the device compared does not end the suspicion of that one", async () => {
  const { time, centre, an, sent } = await withSent();
  const { _id, _rev, ...record } = (await centre.documents(files)).get(sent.id) ?? {};
  an.connection(false);
  await makeAnew(centre, time, [files]);
  await centre.operate("PUT", `/${files}/${sent.id}`, record);
  let is: "put back" | "compared" | "put back again" = "put back";
  an.way = async (request, next) => {
    const { pathname, searchParams } = new URL(request.url);
    if (is === "compared" && pathname === `/${files}/_changes` && searchParams.get("since") !== "0") {
      is = "put back again";
      await time.busy(makeAnew(centre, undefined, [files]));
      return couchError(404, "not_found")();
    }
    const answer = await next(request);
    if (is === "put back" && pathname === `/${files}/_all_docs`) is = "compared";
    return answer;
  };
  an.connection(true);
  // Sooner than it would ask again which one it is.
  await time.pass(60_000);
  expect(is).toBe("put back again");
  expect((await centre.documents(files)).has(sent.id)).toBe(true);
  expect(an.exchange.counts).toEqual(calm);
});
