// What the mishaps of a course work on.
import type { AnyRecord } from "#src/domain/record/define.ts";
import type { Chance } from "#tests/sync/support/chance.ts";
import type { TestDevice } from "#tests/sync/support/test-device.ts";
import type { VirtualTime } from "#tests/sync/support/virtual-time.ts";
import type { Documents, SimulatedCentre } from "./centre.ts";
import type { Desk, Person } from "./desk.ts";
import type { Oracle } from "./oracle.ts";

export interface Scene {
  readonly time: VirtualTime;
  readonly centre: SimulatedCentre;
  readonly chance: Chance;
  readonly oracle: Oracle;
  readonly desks: readonly Desk[];
  readonly people: readonly Person[];
  readonly backup: {
    /** There is one that may be put back without losing what is nowhere else. */
    isThere: boolean;
    /** When it last was; milliseconds since 1970. */
    putBackAt?: number;
  };
  /** Counts that a fault really changed what happened. */
  strike(name: string): void;
  /** A device for this person; with a disk that was used before. */
  newDesk(person: Person, disk?: TestDevice["disk"]): Promise<Desk>;
  /** What a person does next. */
  work(desk: Desk): Promise<string>;
  /** What a person does; false where the disk did not take it, or the process died over it. */
  attempt(desk: Desk, act: () => Promise<unknown>): Promise<boolean>;
  /** The process dies over what is being written just now. */
  die(): void;
  /** A save that the device has answered for. */
  acknowledge(desk: Desk, database: string, record: AnyRecord): void;
  /** Kills and starts it, and looks whether all that was acknowledged is there. */
  restart(desk: Desk, when: string): Promise<void>;
  /** Something is wrong that no end would show. */
  complain(what: string): void;
  documents(): Promise<(database: string) => Documents>;
  pass(ms: number): Promise<void>;
}

/** What happens to a desk; the answer is told in the events. */
export type Mishap = (scene: Scene, desk: Desk) => string | Promise<string>;
