// What the server is given from outside: file, secrets, clock, chance, timers, rule and limits.
import type { JsonObject } from "./json.ts";
import type { UserContext } from "./security.ts";

/**
 * Called for each write of a document, as CouchDB calls `validate_doc_update`, for administrators too; not for
 * `_local` and `_design` documents, nor in `_users`.
 * @param newDoc with `_id`; when it follows another revision also with `_rev` and `_revisions` of that one
 * @param oldDoc the revision it follows, or null
 * @throws `{ forbidden: string }` or `{ unauthorized: string }` to refuse
 */
export type RecordRule = (
  db: string,
  newDoc: JsonObject,
  oldDoc: JsonObject | null,
  userCtx: UserContext,
  secObj: JsonObject,
) => void;

export interface CouchLimits {
  /** Bytes of one document as JSON, without its special members. */
  maxDocumentBytes: number;
  /** Attachments of one document. */
  maxAttachments: number;
  /** Bytes of all attachments of one document, before they are packed. */
  maxAttachmentsBytes: number;
  /** Documents in one `_bulk_docs`. */
  maxBatchDocuments: number;
  /** Documents asked for by name at a time: in one `_bulk_get`, or by the `keys` of `_all_docs`. */
  maxAskedFor: number;
  /** Nesting of arrays and objects in one document. */
  maxDepth: number;
  maxRequestBytes: number;
  /** Characters of documents in one answer, which is put together in memory. */
  maxAnswerSize: number;
  /** Open long polls and continuous feeds, all together and of one user. */
  maxFeeds: number;
  maxFeedsPerUser: number;
  /** `_local` documents that one user may keep in one database, and their bytes in all; an administrator is not bound. */
  maxLocalDocuments: number;
  maxLocalBytes: number;
}

type CouchEvent =
  { type: "failed"; method: string; error: unknown } | { type: "signInFailed"; address: string };

export interface CouchDeps {
  /** Path of the SQLite file, or ":memory:". */
  file: string;
  /** Key of session cookies; the same after a restart, or everybody must sign in again. */
  secret: string;
  /** Unix time in milliseconds. */
  now: () => number;
  randomBytes: (count: number) => Uint8Array;
  /** Server administrators by name, with their passwords. */
  admins: Record<string, string>;
  /** 600,000 unless given. */
  pbkdf2Iterations?: number;
  rule?: RecordRule;
  limits?: Partial<CouchLimits>;
  log?: (event: CouchEvent) => void;
  /** Calls back once after so many milliseconds; the function it returns calls that off. */
  startTimer?: (delayMs: number, ring: () => void) => () => void;
}

export const DEFAULT_LIMITS: CouchLimits = {
  maxDocumentBytes: 1_000_000,
  maxAttachments: 100,
  maxAttachmentsBytes: 1_000_000,
  maxBatchDocuments: 200,
  maxAskedFor: 10_000,
  maxDepth: 32,
  maxRequestBytes: 64_000_000,
  maxAnswerSize: 64_000_000,
  maxFeeds: 1000,
  maxFeedsPerUser: 50,
  maxLocalDocuments: 100,
  maxLocalBytes: 1_000_000,
};

export function systemTimer(delayMs: number, ring: () => void): () => void {
  const timer = setTimeout(ring, delayMs);
  return () => {
    clearTimeout(timer);
  };
}
