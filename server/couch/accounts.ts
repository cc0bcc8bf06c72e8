// Accounts: server administrators from the configuration and users from `_users`, and checking their passwords.
import { createHmac } from "node:crypto";
import { forbidden, tooManySignIns } from "./errors.ts";
import { isStringArray, type JsonObject } from "./json.ts";
import type { Lockout } from "./lockout.ts";
import { networkOf } from "./network.ts";
import { sameSecret, verifyPassword } from "./passwords.ts";
import type { User } from "./security.ts";

export interface Account {
  user: User;
  /** Part of the cookie's key, so that a changed password voids it. */
  salt: string;
  verify(password: string): Promise<boolean>;
}

export interface Accounts {
  find(name: string): Account | null;
  /**
   * @returns the account if the password is right, else null
   * @throws 403 while this name is locked at this address (of IPv6: in its /64), 429 while too many wait to be checked
   */
  signIn(name: string, password: string, address: string): Promise<Account | null>;
}

export interface AccountsOptions {
  admins: Record<string, string>;
  secret: string;
  lockout: Lockout;
  /** The current, undeleted document of a user. */
  findUser: (name: string) => JsonObject | null;
  pbkdf2Iterations: number;
}

const LOCKED = "Account is temporarily locked due to multiple authentication failures";
const MAX_REMEMBERED = 500;
/** Names that wait at once for their password to be checked: ever new ones meet no lock, and each costs computing. */
const MAX_NAMES_OF_ADDRESS = 20;
const MAX_QUEUES = 200;

export function accountsWith(options: AccountsOptions): Accounts {
  const { secret, lockout } = options;
  const admins = new Map(Object.entries(options.admins));
  const seal = (...parts: string[]) =>
    createHmac("sha256", secret).update(JSON.stringify(parts)).digest("base64url");

  // Basic authentication sends the password with each request; hashing it each time would cost a quarter second.
  const remembered = new Set<string>();
  const verifyUser = async (name: string, salt: string, password: string, document: JsonObject) => {
    const proof = seal("password", name, salt, password);
    if (remembered.has(proof)) return true;
    if (!(await verifyPassword(password, document))) return false;
    const [oldest] = remembered;
    if (remembered.size >= MAX_REMEMBERED && oldest !== undefined) remembered.delete(oldest);
    remembered.add(proof);
    return true;
  };

  const find = (name: string): Account | null => {
    const document = options.findUser(name);
    const roles = document?.["roles"];
    const ownRoles = isStringArray(roles) ? roles : [];
    const adminPassword = admins.get(name);
    if (adminPassword !== undefined)
      return {
        user: { name, roles: ["_admin", ...ownRoles] },
        salt: seal("admin", name, adminPassword),
        verify: (password) => Promise.resolve(sameSecret(secret, password, adminPassword)),
      };
    const salt = document?.["salt"];
    if (document === null || typeof salt !== "string") return null;
    return {
      user: { name, roles: ownRoles },
      salt,
      verify: (password) => verifyUser(name, salt, password, document),
    };
  };

  // Spent on names nobody has, so that the time of an answer does not tell them from others.
  const decoy: JsonObject = {
    password_scheme: "pbkdf2",
    pbkdf2_prf: "sha256",
    iterations: options.pbkdf2Iterations,
    derived_key: "",
    salt: "decoy",
  };

  // One password at a time for a name at an address: guesses sent all at once meet the lock like any others, and
  // the right password sent with many requests at once is hashed once.
  const queues = new Map<string, Promise<unknown>>();
  const namesOf = new Map<string, number>();
  const inTurn = async <T>(who: { name: string; address: string }, work: () => Promise<T>): Promise<T> => {
    const { name, address } = who;
    const key = JSON.stringify([name, address]);
    const before = queues.get(key);
    if (before === undefined) {
      const names = namesOf.get(address) ?? 0;
      if (names >= MAX_NAMES_OF_ADDRESS || queues.size >= MAX_QUEUES) throw tooManySignIns();
      namesOf.set(address, names + 1);
    }
    const turn = (async () => {
      await before?.catch(() => undefined);
      return work();
    })();
    queues.set(key, turn);
    try {
      return await turn;
    } finally {
      if (queues.get(key) === turn) {
        queues.delete(key);
        const left = (namesOf.get(address) ?? 1) - 1;
        if (left === 0) namesOf.delete(address);
        else namesOf.set(address, left);
      }
    }
  };

  const tryPassword = async (name: string, password: string, address: string) => {
    const account = find(name);
    // With the salt in it, a new password ends the lock.
    const locked = JSON.stringify([name, account?.salt ?? ""]);
    if (lockout.isLocked(locked, address)) throw forbidden(LOCKED);
    const right = account === null ? await verifyPassword(password, decoy) : await account.verify(password);
    if (!right || account === null) {
      lockout.fail(locked, address);
      return null;
    }
    // The password may have been changed while it was being hashed.
    return find(name)?.salt === account.salt ? account : null;
  };

  return {
    find,
    signIn: (name, password, caller) => {
      const address = networkOf(caller);
      return inTurn({ name, address }, () => tryPassword(name, password, address));
    },
  };
}
