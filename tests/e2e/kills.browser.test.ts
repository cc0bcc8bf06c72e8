// A phone whose battery falls out again and again while it saves and exchanges: what it called saved is there each time.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { operatorOf } from "#tests/support/operator.ts";
import { type BuiltService, buildService, type Service, type SourceChange } from "#tests/support/service.ts";
import { accountOf } from "#tests/e2e/desk.ts";
import { type Campaign, runCampaign } from "#tests/e2e/kills/campaign.ts";
import { histogramOf } from "#tests/e2e/kills/histogram.ts";

const worker = "canbo-haivan";
const place = "vn-gso-20194";
/** Another seed, or more kills, by the environment. */
const seed = Number(process.env["KILL_SEED"] ?? 1);
const kills = Number(process.env["KILLS"] ?? 50);

const builds: BuiltService[] = [];

async function started(changes: readonly SourceChange[] = []): Promise<Service> {
  const built = await buildService(changes);
  builds.push(built);
  return built.start();
}

let service: Service;
beforeAll(async () => {
  service = await started();
}, 180_000);
afterAll(async () => {
  for (const built of builds) await built.dispose();
});

describe("kills while saving and exchanging", () => {
  it(`lose nothing that was called saved: ${kills} of them, seed ${seed}`, async () => {
    const others: string[] = [];
    const campaign = await campaignAt(service, kills, others);
    const { ledger } = campaign;
    const table = histogramOf(campaign.kills);
    process.stdout.write(`seed ${seed}\n${table}\nkeys ahead of "saved", at most: ${ledger.mostAhead}\n`);
    expect(ledger.faults).toEqual([]);
    expect(campaign.kills).toHaveLength(kills);
    // A few kills need not have met everything.
    for (const place of kills < 50 ? [] : (["write", "push", "pull"] as const))
      expect(campaign.kills.filter(({ fell }) => fell.includes(place)).length).toBeGreaterThan(0);

    // What others wrote is on the device, and what was saved there is at the centre: once.
    for (const text of others) expect(times(campaign.shown, text)).toBe(1);
    const records = await documents(service, `s-${place}`);
    const notes = records.flatMap(({ text }) => (text === undefined ? [] : [text]));
    for (const text of ledger.saved.note) expect(times(notes, text)).toBe(1);
    const days = records.flatMap(({ history = [] }) =>
      history.filter(({ field }) => field === "nextContactOn").map(({ to }) => asTyped(to)),
    );
    for (const day of ledger.saved.contact) expect(times(days, day)).toBe(1);
    const people = await documents(service, `p-${place}`);
    expect(
      times(
        people.map(({ displayName }) => displayName ?? ""),
        campaign.received,
      ),
    ).toBe(1);
  }, 1_800_000);

  it("are told from none: an app that calls a write done too early is caught", async () => {
    const hasty = await started([tooEarly]);
    const { ledger } = await campaignAt(hasty, 6, []);
    expect(ledger.faults.length).toBeGreaterThan(0);
  }, 1_800_000);
});

/** Says that envelopes are written and writes them a little later. */
const tooEarly: SourceChange = {
  file: "src/storage/rxdb-envelopes.ts",
  from: "  async write(",
  to: `  later = Promise.resolve();
  write(puts, drops) {
    this.later = this.later
      .then(() => new Promise((done) => setTimeout(done, 300)))
      .then(() => this.writeInTruth(puts, drops));
    return Promise.resolve(ok(undefined));
  }

  async writeInTruth(`,
};

async function campaignAt(where: Service, count: number, others: string[]): Promise<Campaign> {
  const operator = operatorOf(where);
  return runCampaign({
    service: where,
    account: accountOf(where, worker),
    seed,
    kills: count,
    async others(caseId) {
      const id = randomUUID();
      const at = new Date().toISOString();
      const text = `Từ nơi khác ${others.length + 1}`;
      const said = { type: "note", version: 1, case: caseId, text };
      const signed = { createdAt: at, deviceTime: at, createdBy: worker, device: "other" };
      await operator.write("PUT", `/s-${place}/${id}`, { _id: id, id, ...said, ...signed });
      others.push(text);
    },
  });
}

const found = z.object({
  rows: z.array(
    z.object({
      doc: z.object({
        text: z.string().optional(),
        displayName: z.string().optional(),
        history: z.array(z.object({ field: z.string(), to: z.unknown() })).optional(),
      }),
    }),
  ),
});

async function documents(where: Service, database: string) {
  const all = await operatorOf(where).read(`/${database}/_all_docs?include_docs=true`);
  return found.parse(all).rows.map(({ doc }) => doc);
}

const times = (texts: readonly string[], text: string): number =>
  texts.filter((each) => each === text).length;

/** A day as the form shows it: 22/11/2026. */
const asTyped = (day: unknown): string =>
  typeof day === "string" ? day.split("-").toReversed().join("/") : "";
