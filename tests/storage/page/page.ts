// Runs inside a real browser: what tests may ask storage to do there.
import { installTrustedTypes } from "#src/app/trusted-types.ts";
import type { SignedIn } from "#src/domain/ports/vault.ts";
import { createBrowserVault, passphraseWorkerAddress } from "#src/storage/browser-vault.ts";
import type { OpenSealedProfile } from "#src/storage/session.ts";
import { contract } from "#tests/storage/contract/contract.ts";
import { idOf, noteOf, site } from "#tests/storage/support/records.ts";
import { testSurroundings } from "#tests/storage/support/surroundings.ts";

declare global {
  interface Window {
    /** Given by the test: lets the browser allow this origin no more space, or as much as usual. */
    fillDisk(full: boolean): Promise<void>;
    /** Given by the test: this write has been confirmed. */
    confirmed(batch: number): Promise<void>;
    storage: typeof asked;
  }
}

installTrustedTypes([passphraseWorkerAddress]);

const vault = createBrowserVault({ ...testSurroundings(), now: () => Date.now() });
let profile: OpenSealedProfile | undefined;
let takenOver = 0;
vault.onTakenOver(() => (takenOver += 1));

const asked = {
  /** Runs one case of the contract in a database of its own. */
  async contract(name: string): Promise<void> {
    const database = `x${idOf(contract.findIndex((each) => each.name === name)).replaceAll("-", "")}`;
    await contract
      .find((each) => each.name === name)
      ?.run({
        async open() {
          const { openRxdbEnvelopes } = await import("#src/storage/rxdb-envelopes.ts");
          const opened = await openRxdbEnvelopes(database, { indexedDB, IDBKeyRange });
          if (!opened.ok) throw new Error(JSON.stringify(opened.error));
          return opened.value;
        },
        fill: (full) => window.fillDisk(full),
      });
  },

  async create(account: SignedIn) {
    const created = await vault.create(account, undefined);
    if (!created.ok) return created.error;
    profile = created.value;
    return { id: profile.id, place: profile.place };
  },

  async unlock(id: string, passphrase: string, takeOver: boolean) {
    const progress: number[] = [];
    const opened = await vault.unlock(id, passphrase, {
      takeOver,
      progress: (done, total) => progress.push(done / total),
    });
    if (!opened.ok) return opened.error;
    profile = opened.value;
    const { account, store } = profile;
    return { account, notes: store.read.list("note").length, unreadable: store.read.unreadable };
  },

  profiles: () => vault.profiles(),
  lock: () => vault.lock(),
  takenOver: () => takenOver,

  /** Saves `count` notes in one exchange, each of about 1.7 kB. */
  fillWith(count: number) {
    const at = "2026-11-22T02:00:00.000Z";
    const ids = Array.from({ length: count }, (_, index) => idOf(index + 1));
    const text = "Đà Nẵng ".repeat(120);
    return profile?.store.exchange(site, ids, (id) => ({
      database: site,
      record: { ...noteOf(1, text), id },
      sync: { state: "central", at },
      arrivedAt: at,
      rev: "1-a",
    }));
  },

  save: (number: number) =>
    profile?.store.write({ changes: [{ database: site, record: noteOf(number, "saved") }] }),

  /** Writes batches of five notes and a count, one after the other, until the browser is killed. */
  async writeForEver() {
    for (let batch = 1; ; batch++) {
      const records = [1, 2, 3, 4, 5].map((each) => noteOf(batch * 10 + each, `batch ${batch}`));
      const written = await profile?.store.write({
        changes: records.map((record) => ({ database: site, record })),
        setLocal: { batch },
      });
      if (written?.ok) await window.confirmed(batch);
    }
  },

  /** Numbers of the batches that lie here, with how many notes of each, and the count. */
  batches() {
    const counts: Record<string, number> = {};
    for (const { record } of profile?.store.read.list("note") ?? [])
      counts[record.text] = (counts[record.text] ?? 0) + 1;
    return { counts, last: profile?.store.local("batch") };
  },

  /** Names of all databases in the default bucket. */
  databases: async () => (await indexedDB.databases()).map(({ name }) => name),
};

window.storage = asked;
