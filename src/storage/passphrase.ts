// Turns a passphrase into a key and wraps the data key with it; the data key itself is random and never changes.
import { base64ToBytes, bytesToBase64 } from "./base64.ts";

/** Cost of Argon2id (RFC 9106). */
export interface Argon2Cost {
  readonly memoryKiB: number;
  readonly passes: number;
  readonly lanes: number;
}

export const productCost: Argon2Cost = { memoryKiB: 65_536, passes: 3, lanes: 1 };

/** Argon2id of `password` with a 32-byte result. Takes about a second, so the product runs it in a worker. */
export type DeriveKey = (
  password: Uint8Array<ArrayBuffer>,
  salt: Uint8Array<ArrayBuffer>,
  cost: Argon2Cost,
) => Promise<Uint8Array<ArrayBuffer>>;

/** A data key wrapped by a passphrase, as it lies on the disk. Bytes are base64. */
export interface WrappedKey {
  readonly cost: Argon2Cost;
  readonly salt: string;
  /** IV, ciphertext and tag. */
  readonly wrapped: string;
}

/** What the wrapped key is for; bound into it, so that it opens nowhere else. */
export interface KeyPurpose {
  readonly profileId: string;
  readonly keyId: string;
}

const saltBytes = 16;
const ivBytes = 12;
// A damaged or planted row must not make the unlock screen hang for hours.
const ceiling: Argon2Cost = { memoryKiB: 1_048_576, passes: 20, lanes: 16 };

export async function wrapKey(
  dataKey: Uint8Array<ArrayBuffer>,
  passphrase: string,
  purpose: KeyPurpose,
  parts: { cost: Argon2Cost; derive: DeriveKey; randomBytes: (count: number) => Uint8Array },
): Promise<WrappedKey> {
  const salt = Uint8Array.from(parts.randomBytes(saltBytes));
  const iv = Uint8Array.from(parts.randomBytes(ivBytes));
  const saltText = bytesToBase64(salt);
  const key = await wrappingKey(passphrase, salt, parts.cost, parts.derive);
  const additionalData = boundTo(purpose, parts.cost, saltText);
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData }, key, dataKey);
  const bytes = new Uint8Array(ivBytes + sealed.byteLength);
  bytes.set(iv);
  bytes.set(new Uint8Array(sealed), ivBytes);
  return { cost: parts.cost, salt: saltText, wrapped: bytesToBase64(bytes) };
}

/**
 * The data key's bytes; the caller makes a key of them and overwrites them with zeros. Undefined for a wrong
 * passphrase, and the same for a row that somebody changed, which cannot be told from it.
 */
export async function unwrapKey(
  { cost, salt, wrapped }: WrappedKey,
  passphrase: string,
  purpose: KeyPurpose,
  derive: DeriveKey,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const saltRead = base64ToBytes(salt);
  const bytes = base64ToBytes(wrapped);
  // Argon2 takes no empty password.
  if (passphrase === "" || !saltRead || !bytes || isAbove(cost, ceiling)) return undefined;
  const key = await wrappingKey(passphrase, saltRead, cost, derive);
  const algorithm = {
    name: "AES-GCM",
    iv: bytes.subarray(0, ivBytes),
    additionalData: boundTo(purpose, cost, salt),
  };
  try {
    return new Uint8Array(await crypto.subtle.decrypt(algorithm, key, bytes.subarray(ivBytes)));
  } catch {
    return undefined;
  }
}

/** A key for records, which cannot be read out again; the bytes are overwritten. */
export async function takeDataKey(bytes: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  return importAndZero(bytes);
}

async function wrappingKey(
  passphrase: string,
  salt: Uint8Array<ArrayBuffer>,
  cost: Argon2Cost,
  derive: DeriveKey,
): Promise<CryptoKey> {
  // Vietnamese keyboards give composed or decomposed letters for the same word (D5).
  const password = new TextEncoder().encode(passphrase.normalize("NFKC"));
  return importAndZero(await derive(password, salt, cost));
}

async function importAndZero(bytes: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  const key = await crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
  bytes.fill(0);
  return key;
}

function boundTo({ profileId, keyId }: KeyPurpose, cost: Argon2Cost, salt: string) {
  return new TextEncoder().encode(
    JSON.stringify(["key", profileId, keyId, cost.memoryKiB, cost.passes, cost.lanes, salt]),
  );
}

const isAbove = (cost: Argon2Cost, limit: Argon2Cost): boolean =>
  cost.memoryKiB > limit.memoryKiB || cost.passes > limit.passes || cost.lanes > limit.lanes;
