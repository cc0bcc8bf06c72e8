// Password hashing as CouchDB 3.5 keeps it: PBKDF2-HMAC-SHA256 with a salt per user.
import { createHmac, pbkdf2, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import { forbidden } from "./errors.ts";
import type { JsonObject } from "./json.ts";

const derive = promisify(pbkdf2);

const DERIVED_BYTES = 32;
const MAX_ITERATIONS = 10_000_000;

/** The members that a user document gets in place of its `password`. */
export async function hashPassword(password: string, salt: string, iterations: number): Promise<JsonObject> {
  const key = await derive(password, salt, iterations, DERIVED_BYTES, "sha256");
  return {
    pbkdf2_prf: "sha256",
    password_scheme: "pbkdf2",
    iterations,
    derived_key: key.toString("hex"),
    salt,
  };
}

/**
 * Compares without telling by its time where two texts differ.
 * @param key makes both of one length
 */
export function sameSecret(key: string, a: string, b: string): boolean {
  const digest = (value: string) => createHmac("sha256", key).update(value).digest();
  return timingSafeEqual(digest(a), digest(b));
}

/** Whether `password` is that of the user document. False for a document without a hash of this kind. */
export async function verifyPassword(password: string, user: JsonObject): Promise<boolean> {
  const { salt, derived_key: expected, iterations } = readHash(user);
  if (salt === null || expected === null) return false;
  if (iterations > MAX_ITERATIONS) throw forbidden("Iteration count is too high for this server");
  const key = await derive(password, salt, iterations, DERIVED_BYTES, "sha256");
  return sameSecret(salt, key.toString("hex"), expected);
}

function readHash(user: JsonObject) {
  const pbkdf2Sha256 = user["password_scheme"] === "pbkdf2" && user["pbkdf2_prf"] === "sha256";
  const salt = user["salt"];
  const key = user["derived_key"];
  const iterations = user["iterations"];
  const usable =
    pbkdf2Sha256 && typeof iterations === "number" && Number.isInteger(iterations) && iterations > 0;
  return {
    salt: usable && typeof salt === "string" ? salt : null,
    derived_key: usable && typeof key === "string" ? key : null,
    iterations: usable ? iterations : 1,
  };
}
