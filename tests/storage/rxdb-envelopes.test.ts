// What RxDB on Dexie lays on the disk, seen past it: through IndexedDB itself.
import { IDBFactory, IDBKeyRange } from "fake-indexeddb";
import { expect, it } from "vitest";
import { openRxdbEnvelopes } from "#src/storage/rxdb-envelopes.ts";
import { disposableName } from "./support/names.ts";

const envelope = (id: string, b = "sealed") => ({ id, v: 1, k: "k", b });

async function opened(name: string, indexedDB: IDBFactory) {
  const envelopes = await openRxdbEnvelopes(name, { indexedDB, IDBKeyRange });
  if (!envelopes.ok) throw new Error(envelopes.error.type);
  return envelopes.value;
}

function answerOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error ?? new Error("failed")));
  });
}

/** The rows of the records, as another tab would see them. */
async function rows(
  name: string,
  indexedDB: IDBFactory,
  change?: (row: object) => object,
): Promise<object[]> {
  const database = await answerOf(indexedDB.open(`rxdb-dexie-${name}--0--records`));
  const store = database.transaction("docs", "readwrite").objectStore("docs");
  const all: object[] = await answerOf(store.getAll());
  for (const row of change ? all.map(change) : []) await answerOf(store.put(row));
  database.close();
  return all;
}

it("keeps a whole batch out when another tab changed one of its rows meanwhile", async () => {
  const [name, indexedDB] = [disposableName(), new IDBFactory()];
  const envelopes = await opened(name, indexedDB);
  await envelopes.all();
  await envelopes.write([envelope("a"), envelope("b")], []);
  await rows(name, indexedDB, (row) => (Reflect.get(row, "id") === "a" ? { ...row, _rev: "2-other" } : row));
  const written = await envelopes.write([envelope("new"), envelope("a", "mine"), envelope("b", "mine")], []);
  expect(written).toEqual({ ok: false, error: { type: "StorageFailed", detail: "written by another tab" } });
  expect(await rows(name, indexedDB)).toMatchObject([
    { id: "a", b: "sealed" },
    { id: "b", b: "sealed" },
  ]);
  await envelopes.close();
});

it("keeps no sealed text of what was dropped, and after reopening nothing at all", async () => {
  const [name, indexedDB] = [disposableName(), new IDBFactory()];
  const first = await opened(name, indexedDB);
  await first.write([envelope("a"), envelope("b")], []);
  await first.write([], ["a"]);
  expect(JSON.stringify(await rows(name, indexedDB)).match(/sealed/g)).toHaveLength(1);
  await first.close();
  const second = await opened(name, indexedDB);
  expect(await second.all()).toEqual({ ok: true, value: [envelope("b")] });
  await second.close();
  expect(await rows(name, indexedDB)).toHaveLength(1);
});

it("shows beside the sealed text only a random id, the revision and the time", async () => {
  const [name, indexedDB] = [disposableName(), new IDBFactory()];
  const envelopes = await opened(name, indexedDB);
  await envelopes.write([envelope("a")], []);
  await envelopes.close();
  const [row] = await rows(name, indexedDB);
  expect(Object.keys(row ?? {}).sort()).toEqual([
    "_attachments",
    "_deleted",
    "_meta",
    "_rev",
    "b",
    "id",
    "k",
    "v",
  ]);
  const names = (await indexedDB.databases()).map((database) => database.name);
  expect(new Set(names)).toEqual(
    new Set([`rxdb-dexie-${name}--0--_rxdb_internal`, `rxdb-dexie-${name}--0--records`]),
  );
});

it("reads more envelopes than one page holds, each once", async () => {
  const [name, indexedDB] = [disposableName(), new IDBFactory()];
  const first = await opened(name, indexedDB);
  const ids = Array.from({ length: 4500 }, (_, index) => `e${index}`);
  await first.write(
    ids.map((id) => envelope(id)),
    [],
  );
  await first.close();
  const second = await opened(name, indexedDB);
  const all = await second.all();
  expect(all.ok && all.value.map(({ id }) => id).sort()).toEqual(ids.sort());
  // And it knows the revision of each, so that each can be written again.
  expect(
    await second.write(
      ids.map((id) => envelope(id, "again")),
      [],
    ),
  ).toMatchObject({ ok: true });
  await second.close();
});

it("says so when the database cannot be opened", async () => {
  const open = () => {
    throw new DOMException("no disk", "InvalidStateError");
  };
  const broken = Object.assign(new IDBFactory(), { open });
  const failed = await openRxdbEnvelopes(disposableName(), { indexedDB: broken, IDBKeyRange });
  expect(failed).toMatchObject({ ok: false, error: { type: "StorageFailed" } });
});
