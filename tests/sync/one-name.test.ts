// A name is asked of the real centre, through the front door: who may, what the log says, and that it lies on no disk.
import { expect, it } from "vitest";
import { couchClient } from "#server/couch-client/couch-client.ts";
import type { AccessEntry } from "#server/front-door/access-log.ts";
import { createFrontDoor } from "#server/front-door/front-door.ts";
import { newId } from "#src/domain/record/ids.ts";
import type { Person } from "#src/domain/records/person.ts";
import { operator } from "./support/centre-store.ts";
import { chanceFrom } from "./support/chance.ts";
import { city, hoaVang, makeDatabase } from "./support/test-centre.ts";
import type { TestDevice } from "./support/test-device.ts";
import { putAtCentre } from "./support/documents.ts";
import { createWorld } from "./support/world.ts";

const names = `p-${hoaVang}`;
const displayName = "Lò Thị Mẫu Đơn";

async function world() {
  const { time, centre, device } = await createWorld();
  const lines: AccessEntry[] = [];
  const door = createFrontDoor({
    couch: centre.handle,
    admin: couchClient({
      send: (request) => centre.handle(request),
      user: operator.name,
      password: operator.password,
    }),
    app: ".",
    now: () => time.now(),
    logAccess: (entry) => lines.push(entry),
    log: ({ error }) => {
      throw error;
    },
    maxRequestBytes: 2_500_000,
  });
  const lan = await device("lan", { online: false });
  lan.way = async (request) => {
    const url = new URL(request.url);
    url.pathname = `/db${url.pathname}`;
    const { method, headers, signal } = request;
    const body = method === "GET" ? null : await request.text();
    const passed = new Request(url, { method, headers, signal, ...(body === null ? {} : { body }) });
    return time.busy(door(passed, { address: "192.0.2.7" }));
  };
  const at = new Date(time.now()).toISOString();
  const person: Person = {
    type: "person",
    version: 1,
    id: newId((count) => chanceFrom(9).bytes(count)),
    createdAt: at,
    createdBy: "an",
    updatedAt: at,
    updatedBy: "an",
    device: "device-of-an",
    deviceTime: at,
    displayName,
  };
  await centre.operate("PUT", "/neo-ve");
  const rev = await putAtCentre(centre, names, person);
  lan.connection(true);
  await time.pass(5_000);
  return { time, centre, lan, person, rev, lines };
}

const onDisk = ({ disk }: TestDevice) => [...disk.envelopes.values()].map(({ b }) => b).join("\n");

it("comes to who may read it, with a line in the log that says who, which database and when; nothing of it is kept", async () => {
  const { time, lan, person, lines } = await world();
  lines.length = 0;
  const asked = lan.exchange.nameOf(hoaVang, person.id);
  await time.pass(1_000);
  expect(await asked).toEqual({ ok: true, value: displayName });
  expect(lines.filter(({ database }) => database === names)).toMatchObject([
    {
      user: "lan",
      method: "GET",
      database: names,
      endpoint: "document",
      status: 200,
      time: expect.any(String),
    },
  ]);
  await time.pass(600_000);
  expect(lan.store.rows(names)).toEqual([]);
  expect(onDisk(lan)).not.toContain("Lò Thị");
});

it("does not come to who supervises further above, nor after it was erased, nor without a network", async () => {
  const { time, centre, lan, person, rev } = await world();
  const nameOf = async () => {
    const asked = lan.exchange.nameOf(hoaVang, person.id);
    await time.pass(1_000);
    return asked;
  };
  lan.connection(false);
  expect(await nameOf()).toEqual({ ok: false, error: { type: "NoConnection" } });
  lan.connection(true);
  await time.pass(5_000);
  const members = (roles: readonly string[]) =>
    centre.operate("PUT", `/${names}/_security`, { members: { roles }, admins: { roles: ["_admin"] } });
  await members([`cadre@${hoaVang}`, "supervisor@vn-gso-district"]);
  expect(await nameOf()).toEqual({ ok: false, error: { type: "NameNotOpen" } });
  await members([`supervisor@${city}`]);
  await centre.operate("DELETE", `/${names}/${person.id}?rev=${rev}`);
  expect(await nameOf()).toEqual({ ok: false, error: { type: "NameGone" } });
  await centre.operate("DELETE", `/${names}`);
  await makeDatabase(centre.operate, names, [`supervisor@${city}`]);
  expect(await nameOf()).toEqual({ ok: false, error: { type: "NameGone" } });
});
