// What people see of the exchange: what one device saves appears on the others, and at the centre.
import { describe, expect, it } from "vitest";
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
