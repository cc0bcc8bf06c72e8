// The control of the profile scan: the same words in RxDB on Dexie as it comes, without sealing.
import { createRxDatabase } from "rxdb/plugins/core";
import { getRxStorageDexie } from "rxdb/plugins/storage-dexie";

declare global {
  interface Window {
    keepInTheClear: (words: readonly string[]) => Promise<void>;
  }
}

window.keepInTheClear = async (words) => {
  const database = await createRxDatabase({
    name: "plain",
    storage: getRxStorageDexie(),
    multiInstance: false,
  });
  await database.addCollections({
    people: {
      schema: {
        version: 0,
        primaryKey: "id",
        type: "object",
        properties: { id: { type: "string", maxLength: 40 }, name: { type: "string" } },
      },
    },
  });
  await database["people"]?.bulkInsert(words.map((name, index) => ({ id: String(index), name })));
  await database.close();
};
