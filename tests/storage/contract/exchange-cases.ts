// Contract: the exchange changes rows one by one and atomically, never over the head of somebody who saves.
import type { Row } from "#src/storage/replica.ts";
import { caseOf, draftOf, idOf, noteOf, site } from "#tests/storage/support/records.ts";
import { envelopesOf, equal, openStore, type ContractCase } from "./storage-under-test.ts";

const at = "2026-11-22T02:00:00.000Z";
const refusal = { kind: "forbidden", reason: "not here", at } as const;
const pulled = (record: Row["record"], rev: string): Row => ({
  database: site,
  record,
  sync: { state: "central", at },
  arrivedAt: at,
  rev,
});

export const exchangeCases: readonly ContractCase[] = [
  {
    name: "a first exchange of 2,000 rows with its checkpoint is one write",
    async run(storage) {
      const store = await openStore(storage);
      let heard = 0;
      store.watch(() => (heard += 1));
      const ids = Array.from({ length: 2000 }, (_, index) => idOf(index + 1));
      const done = await store.exchange(
        site,
        ids,
        (id) => pulled({ ...noteOf(1, `${id} ${"x".repeat(1200)}`), id }, "1-a"),
        { checkpoint: "1-abc" },
      );
      equal([done.ok, heard], [true, 1], "written");
      await store.close();
      const again = await openStore(storage);
      equal(
        again.read.list("note").map(({ record }) => record.id),
        ids,
        "in order",
      );
      equal(
        [again.local("checkpoint"), again.outbox(site), again.databases()],
        ["1-abc", [], [site]],
        "the rest",
      );
      await again.close();
    },
  },
  {
    name: "decides on the row as it is at that moment: a save that came before is seen, none is overwritten",
    async run(storage) {
      const store = await openStore(storage);
      await store.exchange(site, [idOf(1)], () => pulled(caseOf(1, "at the centre"), "1-a"));
      const saved = store.write({ changes: [{ database: site, record: caseOf(1, "saved here") }] });
      const seen: unknown[] = [];
      const exchanged = store.exchange(site, [idOf(1), idOf(2)], (id, current) => {
        seen.push(
          current?.record.type === "case" ? [store.read.get("case", id)?.record.code, current.outbox] : id,
        );
        return current ? undefined : pulled(caseOf(2, "new"), "1-b");
      });
      const later = store.write({ changes: [{ database: site, record: caseOf(2, "edited here") }] });
      equal([(await saved).ok, (await exchanged).ok, (await later).ok], [true, true, true], "all done");
      equal(seen, [["saved here", store.row(site, idOf(1))?.outbox], idOf(2)], "decided on");
      equal(
        store.outbox(site).map(({ record, rev }) => [record.id, rev]),
        [
          [idOf(1), "1-a"],
          [idOf(2), "1-b"],
        ],
        "outbox",
      );
      await store.close();
    },
  },
  {
    name: "values are worked out from those that lie there at that moment: two that come at once both count",
    async run(storage) {
      const store = await openStore(storage);
      const raise = () => ({ count: Number(store.local("count") ?? 0) + 1 });
      const done = await Promise.all([
        store.setLocal({ count: 40 }),
        store.setLocal(raise),
        store.exchange(site, [idOf(1)], () => pulled(caseOf(1, "beside it"), "1-a"), raise),
      ]);
      equal([done.every(({ ok }) => ok), store.local("count")], [true, 42], "count");
      await store.close();
    },
  },
  {
    name: "where the values call it off, no row is written either",
    async run(storage) {
      const store = await openStore(storage);
      const done = await store.exchange(
        site,
        [idOf(1)],
        () => pulled(caseOf(1, "called off"), "1-a"),
        () => undefined,
      );
      equal([done.ok, store.row(site, idOf(1)), store.read.revision], [true, undefined, 0], "nothing");
      await store.close();
    },
  },
  {
    name: "an exchange that decides nothing writes nothing",
    async run(storage) {
      const store = await openStore(storage);
      const done = await store.exchange(site, [idOf(1)], () => undefined);
      equal([done.ok, store.read.revision], [true, 0], "nothing");
      await store.close();
    },
  },
  {
    name: "forgetting takes what the centre has just as it is, for good, and nothing that waits for something",
    async run(storage) {
      const store = await openStore(storage);
      const rows: Row[] = [
        pulled(caseOf(1, "at the centre"), "1-a"),
        pulled(caseOf(2, "edited here"), "1-a"),
        { ...pulled(caseOf(3, "sent"), "1-a"), sync: { state: "sent", at } },
        { ...pulled(caseOf(4, "refused"), "1-a"), sync: { state: "refused", refusal } },
        pulled(caseOf(5, "at the centre too"), "1-a"),
        pulled(noteOf(6, "at the centre"), "1-a"),
      ];
      const byId = new Map(rows.map((row) => [row.record.id, row]));
      await store.exchange(site, [...byId.keys()], (id) => byId.get(id), { checkpoint: "9-x" });
      await store.exchange("s-other", [idOf(1)], () => ({ ...rows[0]!, database: "s-other" }));
      await store.write({ putDrafts: [draftOf("d", "unfinished")] });
      const saved = store.write({ changes: [{ database: site, record: caseOf(2, "edited here") }] });
      const forgotten = await store.forget(site);
      const staying = forgotten.ok
        ? forgotten.value.map(({ record }) => record.id).toSorted()
        : forgotten.error;
      equal([(await saved).ok, staying], [true, [2, 3, 4].map(idOf)], "staying");
      const look = (each: typeof store) => [
        each.read.all().map(({ database, record }) => [database, record.id]),
        each.read.list("note").length,
        each.read.get("case", idOf(1))?.database,
        each.outbox(site).map(({ record }) => record.id),
        [...each.databases()].toSorted(),
        each.local("checkpoint"),
        each.read.drafts().length,
      ];
      const expected = [
        [...[2, 3, 4].map((number) => [site, idOf(number)]), ["s-other", idOf(1)]],
        0,
        "s-other",
        [idOf(2)],
        ["s-other", site],
        "9-x",
        1,
      ];
      equal(look(store), expected, "now");
      await store.close();
      const again = await openStore(storage);
      equal(look(again), expected, "reopened");
      // What comes again lies here as what is new.
      await again.exchange(site, [idOf(1)], () => pulled(caseOf(1, "again"), "1-a"));
      equal(again.row(site, idOf(1))?.record.id, idOf(1), "again");
      await again.exchange("s-other", [], () => undefined);
      equal((await again.forget("s-other")).ok, true, "the last row of a database");
      equal(again.databases(), [site], "databases");
      await again.close();
      equal((await envelopesOf(storage)).length, 6, "envelopes");
    },
  },
  {
    name: "a fault in deciding is the caller's, and the next write goes through",
    async run(storage) {
      const store = await openStore(storage);
      const failed = await store
        .exchange(site, [idOf(1)], () => {
          throw new Error("a bug");
        })
        .catch((error: unknown) => (error instanceof Error ? error.message : ""));
      equal(failed, "a bug", "told");
      equal((await store.write({ setLocal: { a: 1 } })).ok, true, "next");
      await store.close();
    },
  },
];
