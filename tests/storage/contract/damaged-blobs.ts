// Contract: a blob that was changed, cut or swapped is counted, kept and never shown or sent; all else goes on.
import type { Envelope } from "#src/storage/envelope.ts";
import { noteOf, site } from "#tests/storage/support/records.ts";
import {
  envelopesOf,
  equal,
  openStore,
  tamper,
  type ContractCase,
  type StorageUnderTest,
} from "./storage-under-test.ts";

async function withNotes(storage: StorageUnderTest, count: number): Promise<readonly Envelope[]> {
  const store = await openStore(storage);
  for (let number = 1; number <= count; number++)
    await store.write({ changes: [{ database: site, record: noteOf(number, `note ${number}`) }] });
  await store.close();
  const envelopes = await envelopesOf(storage);
  equal(envelopes.length, count, "envelopes");
  return envelopes;
}

function flip(envelope: Envelope, at: number): Envelope {
  const { b } = envelope;
  return { ...envelope, b: b.slice(0, at) + (b[at] === "A" ? "B" : "A") + b.slice(at + 1) };
}

async function expectUnreadable(storage: StorageUnderTest, changed: readonly Envelope[], total: number) {
  await tamper(storage, changed);
  const store = await openStore(storage);
  equal(store.read.unreadable, changed.length, "unreadable");
  equal(store.read.all().length, total - changed.length, "readable");
  equal(store.outbox(site).length, total - changed.length, "to be sent");
  equal((await store.write({ setLocal: { still: "works" } })).ok, true, "a write beside them");
  await store.close();
  const kept = new Map((await envelopesOf(storage)).map((envelope) => [envelope.id, envelope]));
  equal(
    changed.map(({ id }) => kept.get(id)),
    changed,
    "kept as they are",
  );
}

export const damagedBlobs: readonly ContractCase[] = [
  {
    name: "one character flipped, at the start, in the middle, at the end",
    async run(storage) {
      const all = await withNotes(storage, 12);
      const changed = all
        .slice(0, 10)
        .map((envelope, index) => flip(envelope, Math.floor((index * 4095) / 9)));
      await expectUnreadable(storage, changed, all.length);
    },
  },
  {
    name: "pairs of blobs swapped",
    async run(storage) {
      const all = await withNotes(storage, 6);
      const [a, b, c, d] = all;
      if (!a || !b || !c || !d) throw new Error("too few");
      const changed = [
        { ...a, b: b.b },
        { ...b, b: a.b },
        { ...c, b: d.b },
        { ...d, b: c.b },
      ];
      await expectUnreadable(storage, changed, all.length);
    },
  },
  {
    name: "blobs cut, emptied, prolonged, or of another format or key",
    async run(storage) {
      const all = await withNotes(storage, 8);
      const spoil: ((envelope: Envelope) => Envelope)[] = [
        (envelope) => ({ ...envelope, b: envelope.b.slice(0, 2048) }),
        (envelope) => ({ ...envelope, b: "" }),
        (envelope) => ({ ...envelope, b: `${envelope.b}AAAA` }),
        (envelope) => ({ ...envelope, b: "not base64 at all!" }),
        (envelope) => ({ ...envelope, v: 2 }),
        (envelope) => ({ ...envelope, k: "k2" }),
      ];
      const changed = spoil.flatMap((change, index) => {
        const envelope = all[index];
        return envelope ? [change(envelope)] : [];
      });
      await expectUnreadable(storage, changed, all.length);
    },
  },
  {
    name: "a record that became unreadable can be had again from the centre",
    async run(storage) {
      const all = await withNotes(storage, 2);
      await tamper(
        storage,
        all.map((envelope) => flip(envelope, 100)),
      );
      const store = await openStore(storage);
      const record = noteOf(1, "from the centre");
      const at = "2026-11-22T02:00:00.000Z";
      await store.exchange(site, [record.id], () => ({
        database: site,
        record,
        sync: { state: "central", at },
        arrivedAt: at,
        rev: "1-a",
      }));
      await store.close();
      const again = await openStore(storage);
      equal(again.read.get("note", record.id)?.record.text, "from the centre", "text");
      equal(again.read.unreadable, 2, "the damaged ones are kept");
      await again.close();
    },
  },
];
