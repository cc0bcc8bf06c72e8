// The `AuthSession` cookie: `name:hex time:HMAC` in base64url, keyed with the server's secret and the user's salt.
import { createHmac, timingSafeEqual } from "node:crypto";
import { badRequest } from "./errors.ts";

/** CouchDB's default: a cookie is good for ten minutes. */
const LIFETIME_S = 600;

export interface SessionCookie {
  name: string;
  issuedHex: string;
  signature: Buffer;
}

/** Reads the cookie from a `Cookie` header; null if there is none. @throws 400 for a malformed one */
export function readCookie(header: string | null): SessionCookie | null {
  const value = /(?:^|;)\s*AuthSession="?([^;"]*)"?/.exec(header ?? "")?.[1];
  if (value === undefined || value === "") return null;
  const bytes = Buffer.from(value, "base64url");
  const first = bytes.indexOf(0x3a);
  const second = bytes.indexOf(0x3a, first + 1);
  if (first < 0 || second < 0) throw badRequest("Malformed AuthSession cookie. Please clear your cookies.");
  return {
    name: bytes.subarray(0, first).toString("utf8"),
    issuedHex: bytes.subarray(first + 1, second).toString("latin1"),
    signature: bytes.subarray(second + 1),
  };
}

/**
 * Whether the cookie was made here, for this user and salt, and is young enough.
 * @param nowMs Unix time in milliseconds
 * @returns "fresh", "ageing" (valid, and due for renewal as CouchDB does after a tenth of its life), or "invalid"
 */
export function judgeCookie(
  cookie: SessionCookie,
  secret: string,
  salt: string,
  nowMs: number,
): "fresh" | "ageing" | "invalid" {
  if (!/^[0-9a-f]{1,10}$/i.test(cookie.issuedHex)) return "invalid";
  const expected = sign(secret, salt, `${cookie.name}:${cookie.issuedHex}`);
  if (cookie.signature.length !== expected.length) return "invalid";
  if (!timingSafeEqual(cookie.signature, expected)) return "invalid";
  const left = Number.parseInt(cookie.issuedHex, 16) + LIFETIME_S - Math.floor(nowMs / 1000);
  if (left <= 0) return "invalid";
  return left < LIFETIME_S * 0.9 ? "ageing" : "fresh";
}

const sign = (secret: string, salt: string, data: string) =>
  createHmac("sha256", secret + salt)
    .update(data)
    .digest();

/** The `Set-Cookie` value of a new session. @param secure there is TLS in front */
export function newCookie(
  name: string,
  secret: string,
  salt: string,
  nowMs: number,
  secure: boolean,
): string {
  const data = `${name}:${Math.floor(nowMs / 1000)
    .toString(16)
    .toUpperCase()}`;
  const value = Buffer.concat([Buffer.from(`${data}:`), sign(secret, salt, data)]);
  return attributes(value.toString("base64url"), LIFETIME_S, secure);
}

/** The `Set-Cookie` value that ends a session. */
export const clearedCookie = (secure: boolean) => attributes("", 0, secure);

const attributes = (value: string, maxAgeS: number, secure: boolean) =>
  `AuthSession=${value}; Version=1; Max-Age=${String(maxAgeS)}; Path=/; HttpOnly; SameSite=Strict${secure ? "; Secure" : ""}`;
