// Locks a user at one address after too many wrong passwords, as CouchDB 3.4 and later do.

const THRESHOLD = 5;
const WINDOW_MS = 300_000;
const MAX_ENTRIES = 10_000;

export interface Lockout {
  isLocked(user: string, address: string): boolean;
  /** Counts a wrong password. */
  fail(user: string, address: string): void;
}

/** @param now Unix time in milliseconds. The count of a user and address starts again five minutes after its first. */
export function lockoutWith(now: () => number): Lockout {
  const entries = new Map<string, { since: number; count: number }>();
  const keyOf = (user: string, address: string) => JSON.stringify([user, address]);

  const current = (key: string) => {
    const entry = entries.get(key);
    if (entry === undefined) return undefined;
    const age = now() - entry.since;
    if (age >= 0 && age < WINDOW_MS) return entry;
    entries.delete(key);
    return undefined;
  };

  return {
    isLocked: (user, address) => (current(keyOf(user, address))?.count ?? 0) >= THRESHOLD,
    fail: (user, address) => {
      const key = keyOf(user, address);
      const entry = current(key);
      if (entry !== undefined) {
        entry.count++;
        return;
      }
      const [oldest] = entries.keys();
      if (entries.size >= MAX_ENTRIES && oldest !== undefined) entries.delete(oldest);
      entries.set(key, { since: now(), count: 1 });
    },
  };
}
