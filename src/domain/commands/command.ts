// The shape of everything a person can do: input in, changes or a reason out; nothing is written here.
import type { AnyRecord, Definition, HistoryEntry, RecordOf } from "#src/domain/record/define.ts";
import { cleanSection, type FormValues } from "#src/domain/record/clean.ts";
import { changesBetween } from "#src/domain/record/history.ts";
import { newId } from "#src/domain/record/ids.ts";
import type { Site } from "#src/domain/records/site.ts";
import { parseRole, type Role } from "#src/domain/roles.ts";
import type { Change, Reader } from "#src/domain/ports/store.ts";
import type { Result } from "#src/domain/ports/result.ts";

/** Who acts, when, on which device. */
export interface Acting {
  /** UTC instant: the device's time corrected by the last known offset from the centre (D17). */
  readonly now: string;
  readonly deviceTime: string;
  readonly user: { readonly name: string; readonly roles: readonly string[] };
  readonly device: string;
  readonly randomBytes: (count: number) => Uint8Array;
}

/** `E` is a plain union; each `type` is a text key `error.<type>`. */
export interface Command<I, E extends { readonly type: string }> {
  /** kebab-case, as its file. */
  readonly name: string;
  readonly run: (read: Reader, input: I, acting: Acting) => Result<readonly Change[], E | CommonError>;
}

/** What can stand in the way of any command. */
export type CommonError =
  | { readonly type: "NotAllowed" }
  /** The record or its site is not on this device. */
  | { readonly type: "NotHere" }
  /** Made by a newer version of the product: update first (D16). */
  | { readonly type: "MadeByNewerVersion" }
  /** An operator erased the record at the centre. */
  | { readonly type: "ErasedAtCentre" };

/** The roles somebody holds for a site: at the site itself, and as supervisor of a site above it (D2). */
export function rolesFor(
  roles: readonly string[],
  site: Pick<Site, "siteId" | "ancestors">,
): ReadonlySet<Role> {
  const held = new Set<Role>();
  for (const text of roles) {
    const placed = parseRole(text);
    if (!placed) continue;
    const above = placed.role === "supervisor" && site.ancestors.includes(placed.place);
    if (placed.place === site.siteId || above) held.add(placed.role);
  }
  return held;
}

export const holdsAny = (held: ReadonlySet<Role>, needed: readonly Role[]): boolean =>
  needed.some((role) => held.has(role));

/** What a record says, without who wrote it, when and where. */
export type Filled<D> = Omit<RecordOf<D>, StampName | "type">;
type StampName =
  "id" | "version" | "createdAt" | "createdBy" | "device" | "deviceTime" | "updatedAt" | "updatedBy";

/** A new record of a type, stamped with who, when and where. */
export function newRecord<D extends Definition>(
  definition: D,
  acting: Acting,
  values: Filled<D>,
  id: string = newId(acting.randomBytes),
): RecordOf<D> {
  return {
    ...values,
    id,
    type: definition.type,
    version: definition.version,
    createdAt: acting.now,
    createdBy: acting.user.name,
    device: acting.device,
    deviceTime: acting.deviceTime,
    ...(definition.mutability === "mutable" ? { updatedAt: acting.now, updatedBy: acting.user.name } : {}),
    // The parts are each of their type; their union over a generic definition is beyond the compiler.
  } as unknown as RecordOf<D>;
}

/**
 * What a form holds for a new record of this type. Not yet known to fit: the check at the store's door decides, and
 * refuses the whole write with the names of the fields that do not.
 */
export function fromForm<D extends Definition>(definition: D, form: FormValues | undefined): Filled<D> {
  const { values, unanswered } = cleanSection(definition.fields, form);
  return { ...values, ...(unanswered ? { unanswered } : {}) } as unknown as Filled<D>;
}

/** The same for an edit: every field of the type is named, those the form leaves empty with undefined. */
export function editFrom(definition: Definition, form: FormValues): Record<string, unknown> {
  const { values, unanswered } = cleanSection(definition.fields, form);
  const all = Object.fromEntries(Object.keys(definition.fields).map((name) => [name, values[name]]));
  return { ...all, unanswered };
}

/**
 * A mutable record with new values: each changed unit gets a history entry (D15). A key of `values` that is
 * undefined clears the field; keys that are absent stay. The same record when nothing differs.
 */
export function amended<R extends AnyRecord>(
  definition: Definition,
  record: R,
  values: Readonly<Record<string, unknown>>,
  acting: Acting,
): R {
  const next: Record<string, unknown> = Object.fromEntries(Object.entries(record));
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) delete next[name];
    else next[name] = value;
  }
  const changes = changesBetween(definition, record, next as R, () => entryStamps(acting));
  return changes.length === 0 ? record : withEntries(next as R, changes, acting);
}

/** Who makes an entry of history, when and where. */
export const entryStamps = ({ now, user, device, randomBytes }: Acting) => ({
  id: newId(randomBytes),
  at: now,
  by: user.name,
  device,
});

/** A mutable record that already says what the entries tell, stamped as changed. */
export const withEntries = <R extends AnyRecord>(
  record: R,
  entries: readonly HistoryEntry[],
  { now, user }: Acting,
): R => ({
  ...record,
  history: [...(record.history ?? []), ...entries],
  updatedAt: now,
  updatedBy: user.name,
});
