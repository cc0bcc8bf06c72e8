// Rows of attachments in the SQLite file, and their contents, each kept once in a database.
import type { Attachment } from "./attachment.ts";
import { integer, text } from "./sql-row.ts";
import type { SqlStore } from "./sql-store.ts";

export interface AttachmentStore {
  /** Those of a revision whose body is here, in the order they came in. */
  of(id: string, revision: string): Attachment[];
  /** Call it inside the transaction that keeps the body, after the body. */
  save(id: string, revision: string, attachments: Attachment[]): void;
  has(content: string): boolean;
  /** Keeps bytes under the digest that an attachment names them by. */
  keep(content: string, bytes: Uint8Array): void;
  /** The kept bytes. */
  read(attachment: Attachment): Uint8Array;
}

const COLUMNS = "name, type, revpos, encoding, length, unpacked_length, encoded_length, md5, content";

/** @param take is told the size of what is read */
export function attachmentsIn(store: SqlStore, key: number, take: (size: number) => void): AttachmentStore {
  return {
    of: (id, revision) =>
      store
        .all(
          `SELECT ${COLUMNS} FROM attachment WHERE database = ? AND id = ? AND revision = ? ORDER BY place`,
          key,
          id,
          revision,
        )
        .map(readRow),
    save: (id, revision, attachments) => {
      for (const [place, each] of attachments.entries())
        store.run(
          `INSERT INTO attachment (database, id, revision, place, ${COLUMNS})
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
          key,
          id,
          revision,
          place,
          each.name,
          each.type,
          each.revpos,
          each.encoding,
          each.length,
          each.unpackedLength,
          each.encodedLength,
          each.md5,
          each.content,
        );
    },
    keep: (content, bytes) => {
      store.run(
        "INSERT OR IGNORE INTO content (database, hash, bytes) VALUES (?, ?, ?)",
        key,
        content,
        bytes,
      );
    },
    has: (content) =>
      store.get("SELECT 1 FROM content WHERE database = ? AND hash = ?", key, content) !== undefined,
    read: ({ content }) => {
      const row = store.get("SELECT bytes FROM content WHERE database = ? AND hash = ?", key, content);
      const bytes: unknown = typeof row === "object" && row !== null ? Reflect.get(row, "bytes") : undefined;
      if (!(bytes instanceof Uint8Array)) throw new Error("the content of an attachment is not in the file");
      take(bytes.length);
      return bytes;
    },
  };
}

function readRow(row: unknown): Attachment {
  return {
    name: text(row, "name"),
    type: text(row, "type"),
    revpos: integer(row, "revpos"),
    encoding: text(row, "encoding") === "gzip" ? "gzip" : "identity",
    length: integer(row, "length"),
    unpackedLength: integer(row, "unpacked_length"),
    encodedLength: integer(row, "encoded_length"),
    md5: text(row, "md5"),
    content: text(row, "content"),
  };
}
