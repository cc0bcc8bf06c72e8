// Which tab has a profile, when one of them stood still in the middle of taking it.
import { expect, it } from "vitest";
import { webLocks } from "#src/storage/web-locks.ts";
import { createVirtualLocks } from "#tests/sync/simulation/virtual-locks.ts";

const after = (_delayMs: number, ring: () => void) => {
  const timer = setTimeout(ring, 0);
  return () => {
    clearTimeout(timer);
  };
};

/** A tab that stands still with its question of this number to the browser, until it is woken. */
function sleepy(locks: LockManager, at: number) {
  let asked = 0;
  let wake = (): void => undefined;
  const woken = new Promise<void>((resolve) => (wake = resolve));
  let fallAsleep = (): void => undefined;
  const asleep = new Promise<void>((resolve) => (fallAsleep = resolve));
  const manager: Pick<LockManager, "request" | "query"> = {
    request: locks.request,
    async query() {
      asked += 1;
      if (asked !== at) return locks.query();
      fallAsleep();
      await woken;
      return locks.query();
    },
  };
  return { manager, asleep, wake };
}

it.each([1, 2, 3])(
  "frozen before its question %i is answered, it does not take another's lock for its own",
  async (at) => {
    const locks = createVirtualLocks(after);
    const first = sleepy(locks.of(1), at);
    const opening = webLocks(first.manager).takeOver("profile");
    // The last of them is asked only once somebody wants to write.
    await Promise.race([first.asleep, opening.then((claim) => claim.holds())]);
    const second = await webLocks(locks.of(2)).takeOver("profile");
    expect(await second.holds()).toBe(true);
    first.wake();
    const claim = await opening;
    expect(await claim.holds()).toBe(false);
    expect(await second.holds()).toBe(true);
  },
);

it("that let go is nobody's, and the next has it", async () => {
  const locks = createVirtualLocks(after);
  const [one, two] = [webLocks(locks.of(1)), webLocks(locks.of(2))];
  const claim = await one.claim("profile");
  expect(await claim?.holds()).toBe(true);
  expect(await two.claim("profile")).toBeUndefined();
  claim?.release();
  const next = await two.claim("profile");
  expect(await next?.holds()).toBe(true);
  expect(await claim?.holds()).toBe(false);
});
