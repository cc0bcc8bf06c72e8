// Makes RxDB's bulk write happen entirely or not at all: by itself it writes the good rows of a bad batch.
import type { DBCoreTable, DBCoreTransaction, Dexie } from "dexie";

/**
 * RxDB sorts out conflicting rows inside the transaction and puts the others. A conflict here means that another tab
 * wrote meanwhile; then fewer rows than were asked for reach Dexie, and the transaction is aborted.
 */
export class WholeWrites {
  #expected = 0;
  #transaction: DBCoreTransaction | undefined;

  guard(dexie: Dexie): void {
    dexie.use({
      stack: "dbcore",
      name: "whole-writes",
      create: (core) => ({
        ...core,
        transaction: (...request) => (this.#transaction = core.transaction(...request)),
        table: (name) => (name === "docs" ? this.#guarded(core.table(name)) : core.table(name)),
      }),
    });
  }

  #guarded(table: DBCoreTable): DBCoreTable {
    return {
      ...table,
      mutate: (request) =>
        request.type === "put" && request.values.length !== this.#expected
          ? Promise.reject(new Error("written by another tab"))
          : table.mutate(request),
    };
  }

  /**
   * Runs one bulk write of so many rows; one at a time.
   * @throws the transaction's own error where it has one: Dexie may only say that requests were aborted, not why
   */
  async run<T>(rows: number, write: () => Promise<T>): Promise<T> {
    this.#expected = rows;
    this.#transaction = undefined;
    try {
      return await write();
    } catch (error) {
      // Dexie's transaction at this level is IndexedDB's.
      const { error: reason } = (this.#transaction ?? {}) as Partial<IDBTransaction>;
      throw reason ?? error;
    }
  }
}
