// Ownership by the Web Locks API: a lock is freed by the browser when its tab crashes.
import type { Claim, Ownership } from "./ownership.ts";

/** How long a tab that lost the profile may take to finish its last write; it may also be frozen for good. */
const patience = 5_000;
/** A page that is just being closed or loaded anew still has its locks for a moment. */
const moment = 500;

/**
 * Two locks per name: `owner` says whose turn it is and can be stolen; `open` is held for as long as the store is
 * really open, so that the next owner does not read while the last one still writes.
 */
export function webLocks(locks: LockManager): Ownership {
  const hold = async (name: string, owner: Hold): Promise<Claim> => {
    const self = await ownId(locks);
    const isOurs = async () => self !== undefined && (await holderOf(locks, `${name}.owner`)) === self;
    let open = await take(locks, `${name}.open`, waitFor(patience));
    // One that stood still while it waited steals nothing from whoever has taken the profile over meanwhile.
    if (!open && (await isOurs())) open = await take(locks, `${name}.open`, { steal: true });
    const mayWrite = open !== undefined && (await isOurs());
    if (!mayWrite) open?.release();
    const release = () => {
      open?.release();
      owner.release();
    };
    return {
      lost: owner.lost,
      // Asked of the browser: a page that has just woken up has not yet been told what it lost.
      holds: async () => mayWrite && (await holderOf(locks, `${name}.open`)) === self,
      release,
    };
  };
  return {
    async claim(name) {
      const owner = await take(locks, `${name}.owner`, waitFor(moment));
      return owner && hold(name, owner);
    },
    async takeOver(name) {
      const owner = await take(locks, `${name}.owner`, { steal: true });
      if (!owner) throw new Error("a stolen lock was not given");
      return hold(name, owner);
    },
  };
}

const waitFor = (milliseconds: number): LockOptions => ({ signal: AbortSignal.timeout(milliseconds) });

/**
 * What the browser calls this page, learnt by a lock that no other page asks for. Who has the profile's lock would be another
 * page already where this one stood still between taking it and asking.
 */
async function ownId(locks: LockManager): Promise<string | undefined> {
  const name = `page.${crypto.randomUUID()}`;
  const own = await take(locks, name, {});
  const id = await holderOf(locks, name);
  own?.release();
  return id;
}

/** Which page has this lock, as the browser calls it. */
async function holderOf(locks: LockManager, name: string): Promise<string | undefined> {
  const { held = [] } = await locks.query();
  return held.find((each) => each.name === name)?.clientId;
}

interface Hold {
  readonly lost: Promise<void>;
  release(): void;
}

/** The lock, held until `release`; undefined where waiting for it was given up. */
function take(locks: LockManager, name: string, options: LockOptions): Promise<Hold | undefined> {
  return new Promise((answer) => {
    let lose: () => void = () => undefined;
    const lost = new Promise<void>((resolve) => (lose = resolve));
    locks
      .request(name, options, () => new Promise<void>((release) => answer({ lost, release })))
      .catch(() => {
        // Before it was given, patience ended; afterwards, somebody stole it.
        answer(undefined);
        lose();
      });
  });
}
