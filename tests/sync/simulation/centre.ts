// What a simulation asks of its centre, whether that is the real endpoint or the one in memory.
import type { Json } from "#server/couch/json.ts";
import type { Answering, Asking } from "./wire.ts";

export type Documents = ReadonlyMap<string, Readonly<Record<string, unknown>>>;

/** A record that a device handed over when its account had lost the right to it. */
export interface Handed {
  readonly account: string;
  readonly database: string;
  readonly record: Readonly<Record<string, unknown>>;
}

/** Chance for the process that begins on the backup that was put back as the so-manieth: the same for each question. */
export type BytesOfRestart = (restart: number, count: number) => Uint8Array;

export interface SimulatedCentre {
  ask(asking: Asking): Promise<Answering>;
  /** All current documents of a database, without design documents, by id. */
  documents(database: string): Promise<Documents>;
  inbox(): Promise<readonly Handed[]>;
  /** As provisioning does it: the account of the store, and its record in the directory. */
  setRoles(name: string, roles: readonly string[]): Promise<void>;
  /** Takes a backup of everything. */
  backUp(): Promise<void>;
  /** Puts the last backup back, as another instance of the store. */
  putBack(): Promise<void>;
  close(): void;
}

/** The directory's record of an account. */
export const accountRecord = (
  name: string,
  roles: readonly string[],
  now: number,
): { [key: string]: Json } => {
  const at = new Date(now).toISOString();
  return {
    id: `account:${name}`,
    type: "account",
    version: 1,
    createdAt: at,
    createdBy: "operator",
    updatedAt: at,
    updatedBy: "operator",
    device: "provision",
    deviceTime: at,
    name,
    displayName: name,
    roles: roles.filter((role) => role !== "staff"),
  };
};
