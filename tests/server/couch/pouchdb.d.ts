// Types for what the replication tests use of PouchDB 9 (its packages ship none).
declare module "pouchdb" {
  export interface Row {
    id: string;
    value: { rev: string };
    doc?: Record<string, unknown>;
  }
  export interface Replication {
    ok?: boolean;
    docs_written: number;
    doc_write_failures: number;
  }
  export interface LiveReplication {
    on(event: "error" | "paused" | "change", listener: (value: unknown) => void): LiveReplication;
    on(event: "complete", listener: () => void): LiveReplication;
    cancel(): void;
    catch(listener: (error: unknown) => void): Promise<void>;
  }
  interface Replicate {
    to(target: PouchDB, options: { live: true; retry?: boolean }): LiveReplication;
    to(target: PouchDB, options?: { live?: false }): Promise<Replication>;
    from(source: PouchDB, options: { live: true; retry?: boolean }): LiveReplication;
    from(source: PouchDB, options?: { live?: false; selector?: object }): Promise<Replication>;
  }
  export default class PouchDB {
    constructor(name: string, options?: Record<string, unknown>);
    static plugin(plugin: unknown): void;
    static defaults(options: object): typeof PouchDB;
    replicate: Replicate;
    put(doc: object): Promise<{ id: string; rev: string }>;
    remove(id: string, rev: string): Promise<{ rev: string }>;
    putAttachment(
      id: string,
      name: string,
      rev: string | undefined,
      data: Buffer,
      type: string,
    ): Promise<{ rev: string }>;
    getAttachment(id: string, name: string, options?: object): Promise<Buffer>;
    removeAttachment(id: string, name: string, rev: string): Promise<{ rev: string }>;
    get(id: string, options?: object): Promise<Record<string, unknown>>;
    allDocs(options?: object): Promise<{ rows: Row[] }>;
    bulkDocs(docs: object[], options?: object): Promise<Record<string, unknown>[]>;
    bulkGet(options: object): Promise<{ results: unknown[] }>;
    info(): Promise<Record<string, unknown>>;
    compact(): Promise<unknown>;
    destroy(): Promise<unknown>;
    close(): Promise<unknown>;
    changes(options: object): Promise<{ results: { id: string; changes: { rev: string }[] }[] }>;
  }
}
declare module "pouchdb-adapter-memory" {
  const plugin: unknown;
  export default plugin;
}
