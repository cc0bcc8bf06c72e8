// What others do to the same records: a colleague's work that arrives, and another version at the centre.
import type { Command } from "#src/domain/commands/command.ts";
import { instantOf } from "#src/domain/record/dates.ts";
import { newId } from "#src/domain/record/ids.ts";
import { merged } from "#src/sync/merged.ts";
import type { AnyRecord } from "#src/domain/record/define.ts";
import { SealedStore } from "#src/storage/sealed-store.ts";
import type { Desk } from "./desk.tsx";

export interface Colleague {
  readonly name: string;
  readonly roles: readonly string[];
}

export const hoa: Colleague = { name: "hoa", roles: ["cadre@vn-gso-20194"] };
export const minh: Colleague = { name: "minh", roles: ["supervisor@vn-gso-48"] };

export const laterOn = ({ work }: Desk, milliseconds: number): void => {
  const { surroundings } = work;
  if (!("time" in surroundings) || typeof surroundings.time !== "number") throw new Error("a fixed clock");
  Object.assign(surroundings, { time: surroundings.time + milliseconds });
};

/** A colleague's command, as it comes to lie on this device. */
export async function arrives<I, E extends { readonly type: string }>(
  desk: Desk,
  { name, roles }: Colleague,
  command: Command<I, E>,
  input: I,
): Promise<readonly AnyRecord[]> {
  laterOn(desk, 1000);
  const { store } = desk.work.profile;
  const now = instantOf(desk.work.surroundings.now());
  const { randomBytes } = desk.work.surroundings;
  const acting = { now, deviceTime: now, user: { name, roles }, device: "d2", randomBytes };
  const planned = command.run(store.read, input, acting);
  if (!planned.ok) throw new Error(planned.error.type);
  const written = await store.write({ changes: planned.value });
  if (!written.ok) throw new Error(JSON.stringify(written.error));
  return planned.value.map(({ record }) => record);
}

/** The centre's answer to one record of this device. */
export async function centreSays(
  desk: Desk,
  database: string,
  id: string,
  answer: { readonly refused: string } | { readonly theirs: AnyRecord } | "central" | "lost, in the inbox",
): Promise<void> {
  const { store } = desk.work.profile;
  if (!(store instanceof SealedStore)) throw new Error("the real store");
  const at = instantOf(desk.work.surroundings.now());
  const randomBytes = (count: number) => desk.work.surroundings.randomBytes(count);
  const done = await store.exchange(database, [id], (_, row) => {
    if (!row) throw new Error(`no record ${id}`);
    if (answer === "central") return { ...row, sync: { state: "central", at } };
    if (answer === "lost, in the inbox") {
      const { outbox: _outbox, ...held } = row;
      return { ...held, sync: { state: "local", inboxAt: at } };
    }
    if ("theirs" in answer) {
      const both = merged(row.record, answer.theirs, () => newId(randomBytes));
      if (!both.ok) throw new Error(both.error);
      return { ...row, record: both.value, rev: "2-b", base: answer.theirs };
    }
    return { ...row, sync: { state: "refused", refusal: { kind: "forbidden", reason: answer.refused, at } } };
  });
  if (!done.ok) throw new Error(JSON.stringify(done.error));
}
