// The parts that every request works on, put together once.
import type { Accounts } from "./accounts.ts";
import type { Call } from "./call.ts";
import type { Databases, DatabaseInfo } from "./databases.ts";
import type { CouchDeps, CouchLimits } from "./deps.ts";
import type { DocumentStore } from "./document-store.ts";
import type { FeedHub } from "./feed-hub.ts";
import type { SqlStore } from "./sql-store.ts";

export interface CouchServer {
  deps: CouchDeps;
  limits: CouchLimits;
  store: SqlStore;
  databases: Databases;
  accounts: Accounts;
  hub: FeedHub;
  /** 32 random hexadecimal digits. */
  newId: () => string;
  /** What tells this server from others. */
  uuid: string;
}

/** A database that the user of the request may open. */
export interface OpenDatabase {
  info: DatabaseInfo;
  documents: DocumentStore;
}

/** A request on a database. */
export interface DatabaseCall {
  server: CouchServer;
  call: Call;
  /** Opens the database with the rights of this moment; call it anew after every wait. @throws 401, 403, 404 */
  open: () => OpenDatabase;
}
