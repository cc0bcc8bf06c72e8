// Which texts exist, and which of them follow from the descriptions of the records.
import type { Definition } from "#src/domain/record/define.ts";
import type { Fields, GroupField } from "#src/domain/record/field.ts";
import type { definitions, RecordType } from "#src/domain/records/index.ts";
import type { Texts } from "./locales.ts";

type WithoutForm<K> = K extends `${infer Base}_${"one" | "other"}` ? K | Base : K;
/** Key of a text. A text that depends on a number is asked for without its form: `t("cases.found", { count })`. */
export type MessageKey = WithoutForm<keyof Texts>;

/** `urgent_check` → `urgentCheck`, as `sectionOf` does. */
type Camel<T extends string> = T extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<Camel<Tail>>}`
  : T;

/** Name of a record type inside addresses of fields and texts. */
export type Section = Camel<RecordType>;

type DefinitionOf<S extends Section> = {
  [T in RecordType]: Camel<T> extends S ? (typeof definitions)[T] : never;
}[RecordType];
type FieldsOf<S extends Section> = DefinitionOf<S> extends Definition<string, infer F> ? F : never;

type LeafPath<F extends Fields> = {
  [N in keyof F & string]: F[N] extends GroupField<infer Inner> ? `${N}.${LeafPath<Inner>}` : N;
}[keyof F & string];

/** Dotted path of a leaf: `homeArea.commune`. */
export type FieldPath<S extends Section> = S extends Section ? LeafPath<FieldsOf<S>> : never;
/** Keys of the texts of all fields; used as a MessageKey, so that a missing text does not compile. */
export type FieldKey = { [S in Section]: `field.${S}.${FieldPath<S>}` }[Section];
