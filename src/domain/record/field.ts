// The kinds of field a record is made of, as plain data from which types, checks, forms, texts and rules derive.
import type { Role } from "#src/domain/roles.ts";
import type { NonAnswer } from "./define.ts";

/** Options every kind takes; all default to the careful side. */
interface FieldOptions {
  /** The record is not accepted without it. Structural fields only: a question may always stay open (D13). */
  readonly required?: true;
  /** Kept in anonymised exports; every other field is dropped from them. */
  readonly anonymised?: "keep";
  /** Reasons that every form offers for not answering; all where nothing is said, none for what is required. */
  readonly nonAnswers?: readonly NonAnswer[];
}

/** One line of text, at most `max` Unicode code points, stored as NFC. */
export interface TextField extends FieldOptions {
  readonly kind: "text";
  readonly max: number;
  /** Two to four lines of help are better on a phone keypad: which keyboard to offer. */
  readonly keyboard?: "text" | "tel";
  /** The name of an account or the id of a site: shown as the name that people know. */
  readonly holds?: "account" | "site";
}
/** Several lines of text, at most `max` Unicode code points, stored as NFC. */
export interface NoteField extends FieldOptions {
  readonly kind: "note";
  readonly max: number;
}
/** Exactly one code of a list. */
export interface CodeField<C extends string = string> extends FieldOptions {
  readonly kind: "code";
  readonly list: CodeList<C>;
  /** The list runs from the strictest code down, and only these roles may go down in it (D14); see `grade.ts`. */
  readonly loweredBy?: readonly Role[];
}
/** A set of codes of a list, without repetition; merges as a set (D14). */
export interface CodesField<C extends string = string> extends FieldOptions {
  readonly kind: "codes";
  readonly list: CodeList<C>;
  readonly maxItems: number;
}
/** A whole number between `min` and `max`. */
export interface NumberField extends FieldOptions {
  readonly kind: "number";
  readonly min: number;
  readonly max: number;
}
/** Yes or no; "unknown" is a non-answer and stands in `unanswered` (D13). */
export interface YesNoField extends FieldOptions {
  readonly kind: "yesNo";
}
/** A date local to the site (D17): `2026-11-22`, and where `coarsest` allows it `2026-11` or `2026`. */
export interface DateField extends FieldOptions {
  readonly kind: "date";
  readonly coarsest: "day" | "month" | "year";
  /** Which way from today the answer usually lies: the form offers fitting shortcuts. */
  readonly usual: "past" | "future";
}
/** A UTC instant, ISO 8601 with milliseconds and `Z` (D17). */
export interface InstantField extends FieldOptions {
  readonly kind: "instant";
}
/** The id of another record of type `to`, or of any type. */
export interface LinkField extends FieldOptions {
  readonly kind: "link";
  readonly to: string;
}
/** A short list of short texts: phone numbers, roles. */
export interface TextsField extends FieldOptions {
  readonly kind: "texts";
  readonly max: number;
  readonly maxItems: number;
}
/** Fields that belong together under one name; `unit` merges them as one (D14). */
export interface GroupField<F extends Fields = Fields> extends FieldOptions {
  readonly kind: "group";
  readonly fields: F;
  readonly unit: boolean;
}

export type LeafField =
  | TextField
  | NoteField
  | CodeField
  | CodesField
  | NumberField
  | YesNoField
  | DateField
  | InstantField
  | LinkField
  | TextsField;
export type Field = LeafField | GroupField;
// A mapped shape instead of Record, so that a group may hold fields that hold groups.
export interface Fields {
  readonly [name: string]: Field;
}

/** A named list of codes. Texts: `code.<name>.<code>`, or `code.<name>.<profile>.<code>` where `byProfile`. */
export interface CodeList<C extends string = string> {
  readonly name: string;
  readonly codes: readonly C[];
  /** Terms that belong to one country: each country profile says which codes it uses and words them itself. */
  readonly byProfile: boolean;
  /** Where the names come from: our locale files, the country profile's own data, or `Intl.DisplayNames`. */
  readonly names: "locale" | "profile" | "region";
}

export function codeList<const C extends string>(
  name: string,
  codes: readonly C[],
  options: { byProfile?: boolean; names?: CodeList["names"] } = {},
): CodeList<C> {
  return { name, codes, byProfile: options.byProfile ?? false, names: options.names ?? "locale" };
}

type Options<F extends FieldOptions> = Partial<Omit<F, "kind" | "list" | "required">>;

export const text = (options: Options<TextField> = {}): TextField => ({ kind: "text", max: 200, ...options });
export const note = (options: Options<NoteField> = {}): NoteField => ({
  kind: "note",
  max: 4000,
  ...options,
});
export const number = (min: number, max: number, options: Options<NumberField> = {}): NumberField => ({
  kind: "number",
  ...options,
  min,
  max,
});
export const yesNo = (options: Options<YesNoField> = {}): YesNoField => ({ kind: "yesNo", ...options });
export const date = (options: Options<DateField> = {}): DateField => ({
  kind: "date",
  coarsest: "day",
  usual: "past",
  ...options,
});
export const instant = (options: Options<InstantField> = {}): InstantField => ({
  kind: "instant",
  ...options,
});
export const link = (to: string): LinkField => ({ kind: "link", to });
export const texts = (options: Options<TextsField> = {}): TextsField => ({
  kind: "texts",
  max: 100,
  maxItems: 20,
  ...options,
});
export const code = <C extends string>(
  list: CodeList<C>,
  options: Options<CodeField> = {},
): CodeField<C> => ({
  kind: "code",
  list,
  ...options,
});
export const codes = <C extends string>(
  list: CodeList<C>,
  options: Options<CodesField> = {},
): CodesField<C> => ({
  kind: "codes",
  list,
  maxItems: list.codes.length,
  ...options,
});
export const group = <const F extends Fields>(
  fields: F,
  options: { unit?: boolean } = {},
): GroupField<F> => ({
  kind: "group",
  fields,
  unit: options.unit ?? false,
});

/** Structural fields: without them the record says nothing. Questions put to a person are never required. */
export const required = <F extends Field>(field: F): F & { readonly required: true } => ({
  ...field,
  required: true,
});

/** What a worker sees, decides and notes: nobody is asked, so nobody declines. */
export const noted = <F extends LeafField>(field: F): F & { readonly nonAnswers: readonly [] } => ({
  ...field,
  nonAnswers: [],
});

type LeafValue<F> = F extends { kind: "text" | "note" | "date" | "instant" | "link" }
  ? string
  : F extends { kind: "code"; list: CodeList<infer C> }
    ? C
    : F extends { kind: "codes"; list: CodeList<infer C> }
      ? readonly C[]
      : F extends { kind: "number" }
        ? number
        : F extends { kind: "yesNo" }
          ? boolean
          : F extends { kind: "texts" }
            ? readonly string[]
            : never;

/** The value a field holds in a record. */
export type ValueOf<F> = F extends { kind: "group"; fields: infer G } ? ValuesOf<G> : LeafValue<F>;

type RequiredNames<F> = { [K in keyof F]: F[K] extends { required: true } ? K : never }[keyof F];

/** The values of a set of fields: required ones present, all others possibly absent. */
export type ValuesOf<F> = { readonly [K in RequiredNames<F>]: ValueOf<F[K]> } & {
  readonly [K in Exclude<keyof F, RequiredNames<F>>]?: ValueOf<F[K]>;
};

/** Every leaf with its dotted path (`domains.safety`), in the order of definition. */
export function leavesOf(
  fields: Fields,
  prefix = "",
): readonly (readonly [path: string, field: LeafField])[] {
  return Object.entries(fields).flatMap(([name, field]) =>
    field.kind === "group" ? leavesOf(field.fields, `${prefix}${name}.`) : [[prefix + name, field] as const],
  );
}
