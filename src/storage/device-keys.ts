// The keys of a profile on this device: it signs what it hands on by file, and opens what was made for it (D19).
import type { Result } from "#src/domain/ports/result.ts";
import { openWith, type AgeFault } from "./age-file.ts";
import { base64ToBytes, bytesToBase64 } from "./base64.ts";

/** What colleagues' devices know of this one. */
export interface DevicePublicKeys {
  /** `age1…`, X25519 (https://age-encryption.org/v1). */
  readonly agePublicKey: string;
  /** Ed25519 (RFC 8032), 32 bytes as base64. */
  readonly signingPublicKey: string;
}

/** As they lie in the profile, sealed with everything else. */
export interface StoredDeviceKeys extends DevicePublicKeys {
  /** `AGE-SECRET-KEY-1…` */
  readonly ageIdentity: string;
  /** Seed of the Ed25519 key, 32 bytes as base64. */
  readonly signingSecret: string;
}

export interface DeviceKeys {
  readonly publicKeys: DevicePublicKeys;
  /** The signature, 64 bytes as base64. */
  sign(bytes: Uint8Array): Promise<string>;
  open(file: Uint8Array): Promise<Result<Uint8Array, AgeFault>>;
}

/** New ones; nothing of them is anywhere else. */
export async function makeDeviceKeys(randomBytes: (count: number) => Uint8Array): Promise<StoredDeviceKeys> {
  const { generateX25519Identity, identityToRecipient } = await import("age-encryption");
  const { ed25519 } = await import("@noble/curves/ed25519.js");
  const secret = randomBytes(32);
  const ageIdentity = await generateX25519Identity();
  return {
    ageIdentity,
    agePublicKey: await identityToRecipient(ageIdentity),
    signingSecret: bytesToBase64(secret),
    signingPublicKey: bytesToBase64(ed25519.getPublicKey(secret)),
  };
}

/** @param stored looked up for each use, so that no copy outlives the open profile; throws once that is closed */
export function deviceKeys(stored: () => StoredDeviceKeys | undefined): DeviceKeys {
  const kept = () => {
    const keys = stored();
    if (!keys) throw new Error("the profile is closed");
    return keys;
  };
  return {
    get publicKeys() {
      const { agePublicKey, signingPublicKey } = kept();
      return { agePublicKey, signingPublicKey };
    },
    async sign(bytes) {
      const { ed25519 } = await import("@noble/curves/ed25519.js");
      return bytesToBase64(ed25519.sign(bytes, base64ToBytes(kept().signingSecret) ?? new Uint8Array()));
    },
    open: (file) => openWith(kept().ageIdentity, file),
  };
}

/** Whether a device signed these very bytes; false for keys and signatures that are none. */
export async function isSignedBy(
  signingPublicKey: string,
  bytes: Uint8Array,
  signature: string,
): Promise<boolean> {
  const key = base64ToBytes(signingPublicKey);
  const signed = base64ToBytes(signature);
  if (key?.length !== 32 || signed?.length !== 64) return false;
  const { ed25519 } = await import("@noble/curves/ed25519.js");
  try {
    // As RFC 8032 says it, and as the front door's Node does.
    return ed25519.verify(signed, bytes, key, { zip215: false });
  } catch {
    return false;
  }
}
