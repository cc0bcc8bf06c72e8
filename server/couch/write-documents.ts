// Writes documents: finds the place of each in its revision tree, asks the rule, and keeps it, or says why not.
import { attachmentJson, attachmentsMember } from "./attachment.ts";
import { completeDocument, type CompleteDocument } from "./complete-document.ts";
import { checkId, writeDocument, type IncomingDocument } from "./document.ts";
import type { DocumentStore, StoredDocument } from "./document-store.ts";
import {
  BatchError,
  CouchError,
  conflict,
  forbidden,
  invalidRevision,
  missingStub,
  noRevision,
  unauthorized,
} from "./errors.ts";
import type { JsonObject } from "./json.ts";
import { newRevisionId } from "./revision-id.ts";
import {
  MAX_GENERATION,
  addRevision,
  historyOf,
  leavesOf,
  parseRevision,
  revisionName,
  sameRevision,
  winnerOf,
  type History,
  type Revision,
  type Tree,
} from "./revisions.ts";
import { checkDatabaseAdmin, type User } from "./security.ts";
import type { CouchServer, OpenDatabase } from "./server.ts";
import { USERS_DATABASE, checkUserDocument } from "./user-documents.ts";
import { writeLocal } from "./local-documents.ts";
import { revisionJson } from "./read-documents.ts";

export type WriteOutcome =
  { id: string; rev: string; error: null } | { id: string; rev: string | null; error: CouchError };

/**
 * Writes a batch in one transaction; when this returns, every accepted row is on the disk.
 * @param batch with the contents of attachments ready (`withContents`)
 * @param replicated the documents carry their own revisions (`new_edits: false`)
 * @throws 412 or 413 for what ends the whole batch, of which nothing is kept
 */
export function writeBatch(
  server: CouchServer,
  database: OpenDatabase,
  user: User,
  batch: IncomingDocument[],
  replicated: boolean,
): WriteOutcome[] {
  const writer = new Writer(server, database, user);
  const outcomes = server.store.transaction(() =>
    batch.map((document) => writer.tryWrite(document, replicated)),
  );
  if (outcomes.some(({ error }) => error === null)) {
    // A changed account must end the feeds of its user, wherever they are.
    if (database.info.name === USERS_DATABASE) server.hub.wakeAll();
    else server.hub.wake(database.info.key);
  }
  return outcomes;
}

class Writer {
  readonly #server: CouchServer;
  readonly #database: OpenDatabase;
  readonly #documents: DocumentStore;
  readonly #user: User;

  constructor(server: CouchServer, database: OpenDatabase, user: User) {
    this.#server = server;
    this.#database = database;
    this.#documents = database.documents;
    this.#user = user;
  }

  tryWrite(document: IncomingDocument, replicated: boolean): WriteOutcome {
    const named = document.id === "" ? { ...document, id: this.#server.newId() } : document;
    try {
      const rev = this.#write(named, replicated);
      return { id: named.id, rev, error: null };
    } catch (error) {
      if (!(error instanceof CouchError) || error instanceof BatchError) throw error;
      return { id: named.id, rev: replicated ? newest(named.history) : null, error };
    }
  }

  #write(document: IncomingDocument, replicated: boolean): string {
    checkId(document.id);
    if (document.id.startsWith("_local/")) {
      const { limits } = this.#server;
      return writeLocal(this.#documents, document, this.#user, limits);
    }
    const stored = this.#documents.find(document.id);
    return replicated ? this.#replicate(document, stored) : this.#edit(document, stored);
  }

  #edit(document: IncomingDocument, stored: StoredDocument | null): string {
    // Before the conflict of a new document that names a revision, as in CouchDB.
    const stub = document.attachments.find(({ kind }) => kind === "stub");
    if (stored === null && stub !== undefined) throw missingStub(document.id, stub.name);
    const parent = findParent(document, stored);
    const start = (parent?.start ?? 0) + 1;
    const complete = this.#complete(document, newest(document.history), start);
    this.#check(complete, stored);
    const previous = parent === null ? null : { generation: parent.start, id: parent.ids[0] ?? "" };
    const id = newRevisionId(complete.deleted, previous, complete.body, complete.attachments);
    const history: History = { start, ids: [id, ...(parent?.ids ?? [])] };
    this.#keep(complete, stored?.tree ?? [], history);
    return revisionName({ generation: start, id });
  }

  #replicate(document: IncomingDocument, stored: StoredDocument | null): string {
    const { history } = document;
    const [id] = history.ids;
    if (id === undefined) throw noRevision();
    if (id === "" || history.start > MAX_GENERATION) throw invalidRevision();
    const revision = { generation: history.start, id };
    const known = stored !== null && historyOf(stored.tree, revision) !== null;
    if (!known) {
      const before = stored === null ? null : this.#lastKept(stored, history);
      const complete = this.#complete(document, before, null);
      this.#check(complete, stored);
      this.#keep(complete, stored?.tree ?? [], history);
    }
    return revisionName(revision);
  }

  #complete(document: IncomingDocument, before: string | null, revpos: number | null): CompleteDocument {
    const { maxAttachmentsBytes: maxBytes } = this.#server.limits;
    return completeDocument(this.#documents.attachments, document, before, { revpos, maxBytes });
  }

  #check(document: CompleteDocument, stored: StoredDocument | null): void {
    const { info } = this.#database;
    if (document.id.startsWith("_design/")) {
      checkDatabaseAdmin(this.#user, info.security);
      return;
    }
    const stubs = document.attachments.map((each): [string, JsonObject] => [
      each.name,
      attachmentJson(each, { as: "stubs", encodingInfo: false }, () => Buffer.of()),
    ]);
    const json = writeDocument({ ...document, attachments: attachmentsMember(stubs) }, { revs: true });
    const before = stored === null ? null : this.#lastKept(stored, document.history);
    const old =
      stored === null || before === null
        ? null
        : revisionJson(this.#documents, stored, parseRevision(before), { revs: true });
    if (info.name === USERS_DATABASE) {
      checkUserDocument(json, old);
      return;
    }
    const context = { db: info.name, name: this.#user.name, roles: this.#user.roles };
    try {
      this.#server.deps.rule?.(info.name, json, old, context, info.security);
    } catch (refusal) {
      throw ruleRefusal(refusal);
    }
  }

  /** The name of the nearest revision in this history whose body is here. */
  #lastKept(stored: StoredDocument, history: History): string | null {
    const names = history.ids.map((id, back) => revisionName({ generation: history.start - back, id }));
    return names.find((name) => this.#documents.body(stored.id, name) !== null) ?? null;
  }

  #keep(document: CompleteDocument, tree: Tree, history: History): void {
    const added = addRevision(tree, history, document.deleted);
    const winner = winnerOf(added.tree);
    this.#documents.save({
      id: document.id,
      seq: this.#server.databases.nextSeq(this.#database.info),
      deleted: winner.deleted,
      winner: revisionName(winner.revision),
      tree: added.tree,
    });
    for (const name of added.dropped) this.#documents.removeBody(document.id, name);
    const name = newest(history);
    if (name === null) return;
    this.#documents.saveBody(document.id, name, document.body);
    for (const [content, bytes] of document.contents) this.#documents.attachments.keep(content, bytes);
    this.#documents.attachments.save(document.id, name, document.attachments);
  }
}

function newest(history: History): string | null {
  const [id] = history.ids;
  return id === undefined ? null : revisionName({ generation: history.start, id });
}

/**
 * The history an interactive edit continues: of the leaf it names, or, for a new document in place of a deleted
 * one, of that deletion. As in CouchDB, who names the deletion itself is refused. @throws 409
 */
function findParent(document: IncomingDocument, stored: StoredDocument | null): History | null {
  const [id] = document.history.ids;
  if (id === undefined) {
    if (stored === null) return null;
    if (!stored.deleted || document.deleted) throw conflict();
    return winnerOf(stored.tree).history;
  }
  if (stored === null || stored.deleted) throw conflict();
  const revision: Revision = { generation: document.history.start, id };
  const leaf = leavesOf(stored.tree).find((each) => sameRevision(each.revision, revision));
  if (leaf === undefined) throw conflict();
  return leaf.history;
}

function ruleRefusal(refusal: unknown): unknown {
  if (typeof refusal !== "object" || refusal === null) return refusal;
  if ("forbidden" in refusal) return forbidden(String(refusal.forbidden));
  if ("unauthorized" in refusal) return unauthorized(String(refusal.unauthorized));
  return refusal;
}
