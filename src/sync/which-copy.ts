// Whether this profile lies on one device only: a phone that was cloned, or put back from an old copy, tells itself apart from the one it was.
import { newId } from "#src/domain/record/ids.ts";
import type { Replica } from "#src/storage/replica.ts";
import { z } from "zod";

/** Said with each report: the centre knows the last turn of each device, and a copy does not know what the other has told since. */
export interface SaidCopy {
  /** Which copy, where it is known to be one. */
  readonly copy?: string;
  /** Of this process, and those before it: answers are lost, and a centre that was put back has heard of an earlier one last. */
  readonly turn: { readonly is: string; readonly was: readonly string[] };
}

export interface WhichCopy {
  /** Undefined where the device cannot remember what it says. */
  said(): Promise<SaidCopy | undefined>;
  /** It has heard of another since: that is another device. */
  isAnother(): Promise<void>;
}

const name = "whichCopy";
const schema = z.object({ copy: z.string().optional(), turns: z.array(z.string()) });
type Kept = z.output<typeof schema>;
/** Starts of the app that are remembered. */
const mostTurns = 50;

export function createWhichCopy(deps: {
  readonly replica: Replica;
  readonly randomBytes: (count: number) => Uint8Array;
}): WhichCopy {
  const { replica } = deps;
  const aTurn = () => newId(deps.randomBytes).slice(0, 8);
  let now: SaidCopy | undefined;

  async function keep(kept: Kept): Promise<boolean> {
    const done = await replica.setLocal({ [name]: kept });
    return done.ok;
  }
  const before = (): Kept => schema.safeParse(replica.local(name)).data ?? { turns: [] };

  return {
    async said() {
      if (now) return now;
      const { copy, turns: was } = before();
      const is = aTurn();
      // Before it is told: a process that ends in between would else take itself for another.
      const turns = [...was, is].slice(-mostTurns);
      if (await keep({ turns, ...(copy === undefined ? {} : { copy }) }))
        now = { turn: { is, was }, ...(copy === undefined ? {} : { copy }) };
      return now;
    },
    async isAnother() {
      now = undefined;
      await keep({ copy: aTurn(), turns: [] });
    },
  };
}
