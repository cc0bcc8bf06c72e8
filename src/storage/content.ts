// What the sealed text of an envelope says.
import type { Draft } from "#src/domain/ports/store.ts";
import type { Row } from "./replica.ts";

/** The three things a store holds. */
export type Held =
  | { readonly kind: "record"; readonly row: Row }
  | { readonly kind: "draft"; readonly draft: Draft }
  | { readonly kind: "local"; readonly name: string; readonly value: unknown };

/** Both count the writes of this store, not time: a device's clock may go back. */
export interface Turns {
  /** When the thing first came to lie here: its place in every list. */
  readonly place: number;
  /** When it was last written. */
  readonly turn: number;
}

export type Content = Held & Turns;

export const recordKey = (database: string, id: string): string => `record ${database} ${id}`;
export const draftKey = (id: string): string => `draft ${id}`;
export const localKey = (name: string): string => `local ${name}`;

/** What may lie in the store only once. */
export function keyOf(held: Held): string {
  if (held.kind === "record") return recordKey(held.row.database, held.row.record.id);
  return held.kind === "draft" ? draftKey(held.draft.id) : localKey(held.name);
}

/** Undefined for a kind that this version of the product does not know: it is left alone. */
export function parseContent(text: string): Content | undefined {
  // Authenticated text that `JSON.stringify` made here of a Content.
  const content = JSON.parse(text) as Content;
  return ["record", "draft", "local"].includes(content.kind) ? content : undefined;
}
