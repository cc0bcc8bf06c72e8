// Holds back an account that asks for costly things without end; everybody else goes on.
import { refuse } from "./headers.ts";

/** At once: more than any device has to say after weeks without a network. */
const MOST_AT_ONCE = 120;
const A_SECOND = 1;
/** Accounts that are remembered; those that have asked for nothing lately are forgotten first. */
const MOST_ACCOUNTS = 10_000;

/** Seconds that the account has to wait, or undefined where it may go on. */
export type Pace = (account: string) => number | undefined;

/** @param deps.now Unix time in milliseconds */
export function accountPace({ now }: { readonly now: () => number }): Pace {
  const left = new Map<string, { count: number; at: number }>();
  return (account) => {
    const at = now();
    const before = left.get(account) ?? { count: MOST_AT_ONCE, at };
    const passed = Math.max(0, at - before.at) / 1000;
    const count = Math.min(MOST_AT_ONCE, before.count + passed * A_SECOND);
    const mayGo = count >= 1;
    left.delete(account);
    left.set(account, { count: mayGo ? count - 1 : count, at });
    const [idlest] = left.keys();
    if (left.size > MOST_ACCOUNTS && idlest !== undefined) left.delete(idlest);
    return mayGo ? undefined : Math.ceil((1 - count) / A_SECOND);
  };
}

/** 429, as CouchDB would say it. */
export function refuseForNow(seconds: number): Response {
  const response = refuse(429, "too_many_requests", "This account asks too much at once. Try again later.");
  response.headers.set("Retry-After", String(seconds));
  return response;
}
