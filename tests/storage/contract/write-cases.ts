// Contract: one write happens entirely or not at all, and everybody hears of it once and in order.
import { caseOf, draftOf, noteOf, site } from "#tests/storage/support/records.ts";
import { envelopesOf, equal, openStore, type ContractCase } from "./storage-under-test.ts";

const change = (record: ReturnType<typeof noteOf> | ReturnType<typeof caseOf>) => ({
  database: site,
  record,
});

export const writeCases: readonly ContractCase[] = [
  {
    name: "what was written is there after reopening, in the order of arrival",
    async run(storage) {
      const store = await openStore(storage);
      for (const number of [5, 3, 9, 1])
        await store.write({ changes: [change(noteOf(number, `note ${number}`))] });
      await store.write({ changes: [change(caseOf(100, "A")), change(caseOf(101, "B"))] });
      await store.write({ changes: [change(caseOf(100, "A, edited"))] });
      await store.write({
        putDrafts: [draftOf("d2", "two"), draftOf("d1", "one")],
        setLocal: { seen: { at: 1 } },
      });
      const state = (from: typeof store) => [
        from.read.all(),
        from.read.list("note"),
        from.read.ofCase(noteOf(1, "").case ?? ""),
        from.read.drafts(),
        from.read.local("seen"),
        from.outbox(site).map(({ record, outbox }) => [record.id, outbox]),
      ];
      const before = state(store);
      equal(
        store.read.list("note").map(({ record }) => record.text),
        ["note 5", "note 3", "note 9", "note 1"],
        "order",
      );
      equal(
        store.read.list("case").map(({ record }) => record.code),
        ["A, edited", "B"],
        "an edit keeps its place",
      );
      await store.close();
      const again = await openStore(storage);
      equal(state(again), before, "after reopening");
      equal(again.read.unreadable, 0, "unreadable");
      await again.close();
    },
  },
  {
    name: "a record that does not fit keeps everything else of its write out",
    async run(storage) {
      const store = await openStore(storage);
      await store.write({ putDrafts: [draftOf("d", "kept")] });
      const { revision } = store.read;
      const written = await store.write({
        changes: [change(noteOf(1, "good")), change(noteOf(2, "")), change(noteOf(3, "good"))],
        dropDrafts: ["d"],
        setLocal: { count: 1 },
      });
      equal(written.ok ? "" : written.error.type, "RecordInvalid", "answer");
      equal(store.read.revision, revision, "revision");
      await store.close();
      const again = await openStore(storage);
      equal(again.read.all(), [], "records");
      equal(again.read.drafts().length, 1, "drafts");
      equal(again.read.local("count"), undefined, "local");
      await again.close();
    },
  },
  {
    name: "a draft becomes a record in one write, and its blob is gone",
    async run(storage) {
      const store = await openStore(storage);
      await store.write({ putDrafts: [draftOf("d", "words")] });
      await store.write({ changes: [change(noteOf(1, "words"))], dropDrafts: ["d", "never there"] });
      equal(store.read.drafts(), [], "drafts");
      await store.close();
      equal((await envelopesOf(storage)).length, 1, "envelopes");
      const again = await openStore(storage);
      equal([again.read.drafts().length, again.read.all().length], [0, 1], "after reopening");
      await again.close();
    },
  },
  {
    name: "a local value can be replaced and taken away",
    async run(storage) {
      const store = await openStore(storage);
      await store.write({ setLocal: { a: 1, b: null } });
      await store.write({ setLocal: { a: undefined, b: [2] } });
      await store.close();
      const again = await openStore(storage);
      equal([again.read.local("a"), again.read.local("b")], [undefined, [2]], "local");
      await again.close();
    },
  },
  {
    name: "who watches hears of each write once, in order, when it can be read",
    async run(storage) {
      const store = await openStore(storage);
      const heard: string[] = [];
      const stop = store.watch(() => heard.push(`${store.read.revision}:${store.read.list("note").length}`));
      const numbers = Array.from({ length: 20 }, (_, index) => index + 1);
      await Promise.all(
        // Bigger ones take longer to seal: order must not depend on it.
        numbers.map((number) =>
          store.write({ changes: [change(noteOf(number, "x".repeat(((number * 7) % 10) * 900 + 1)))] }),
        ),
      );
      equal(
        heard,
        numbers.map((number) => `${number}:${number}`),
        "heard",
      );
      stop();
      await store.write({ changes: [change(noteOf(99, "unheard"))] });
      equal(heard.length, 20, "after stop");
      await store.write({});
      equal(store.read.revision, 21, "an empty write changes nothing");
      await store.close();
    },
  },
  {
    name: "closing lets accepted writes end, refuses later ones and forgets everything",
    async run(storage) {
      const store = await openStore(storage);
      const accepted = [1, 2, 3].map((number) =>
        store.write({ changes: [change(noteOf(number, "in time"))] }),
      );
      const closing = store.close();
      const late = store.write({ changes: [change(noteOf(4, "late"))] });
      equal(
        (await Promise.all(accepted)).map(({ ok }) => ok),
        [true, true, true],
        "accepted",
      );
      const refused = await late;
      equal(refused.ok ? "" : refused.error.type, "StorageClosed", "late");
      await closing;
      await store.close();
      equal([store.read.all(), store.outbox(site), store.read.drafts()], [[], [], []], "forgotten");
      const again = await openStore(storage);
      equal(again.read.all().length, 3, "after reopening");
      await again.close();
    },
  },
  {
    name: "what the caller changes afterwards does not change the store",
    async run(storage) {
      const store = await openStore(storage);
      const record = { ...noteOf(1, "as saved") };
      await store.write({ changes: [change(record)] });
      Object.assign(record, { text: "changed later" });
      equal(store.read.get("note", record.id)?.record.text, "as saved", "text");
      await store.close();
    },
  },
];
