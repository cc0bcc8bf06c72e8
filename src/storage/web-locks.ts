// Ownership by the Web Locks API: a lock is freed by the browser when its tab crashes.
import type { Claim, Ownership } from "./ownership.ts";

/** How long a tab that lost the profile may take to finish its last write; it may also be frozen for good. */
const patience = 5_000;

/**
 * Two locks per name: `owner` says whose turn it is and can be stolen; `open` is held for as long as the store is
 * really open, so that the next owner does not read while the last one still writes.
 */
export function webLocks(locks: LockManager): Ownership {
  const hold = async (name: string, owner: Hold | undefined, waitForOpen: LockOptions) => {
    if (!owner) return undefined;
    const open =
      (await take(locks, `${name}.open`, waitForOpen)) ??
      (await take(locks, `${name}.open`, { steal: true }));
    const claim: Claim = {
      lost: owner.lost,
      release: () => {
        open?.release();
        owner.release();
      },
    };
    return claim;
  };
  return {
    claim: async (name) =>
      hold(name, await take(locks, `${name}.owner`, { ifAvailable: true }), untilPatienceEnds()),
    async takeOver(name) {
      const owner = await take(locks, `${name}.owner`, { steal: true });
      const claim = await hold(name, owner, untilPatienceEnds());
      if (!claim) throw new Error("a stolen lock was not given");
      return claim;
    },
  };
}

const untilPatienceEnds = (): LockOptions => ({ signal: AbortSignal.timeout(patience) });

interface Hold {
  readonly lost: Promise<void>;
  release(): void;
}

/** The lock, held until `release`; undefined where the options' condition was not met. */
function take(locks: LockManager, name: string, options: LockOptions): Promise<Hold | undefined> {
  return new Promise((answer) => {
    let lose: () => void = () => undefined;
    const lost = new Promise<void>((resolve) => (lose = resolve));
    locks
      .request(name, options, (lock) => {
        if (!lock) return answer(undefined);
        return new Promise<void>((release) => answer({ lost, release }));
      })
      .catch(() => {
        // Before it was given, patience ended; afterwards, somebody stole it.
        answer(undefined);
        lose();
      });
  });
}
