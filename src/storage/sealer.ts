// Seals one text into one envelope with AES-256-GCM, and opens it again.
import { base64ToBytes, bytesToBase64 } from "./base64.ts";
import type { Envelope } from "./envelope.ts";
import { pad, unpad } from "./padding.ts";

export interface Sealer {
  seal(envelopeId: string, text: string): Promise<Envelope>;
  /** Undefined for an envelope that is damaged, was swapped, or was sealed by another key or a newer product. */
  open(envelope: Envelope): Promise<string | undefined>;
}

/** `v` of the envelopes made here: IV (12 bytes), then ciphertext and tag of the padded text. */
const format = 1;
const ivBytes = 12;

/**
 * @param key AES-GCM, 256 bit, not extractable
 * @param keyId says which key sealed an envelope
 * @param profileId bound into each envelope, so that none can be moved to another profile
 * @param randomBytes for IVs; 96 random bits are safe for far more envelopes than a device ever makes (NIST SP 800-38D §8.3)
 */
export function createSealer(
  key: CryptoKey,
  keyId: string,
  profileId: string,
  randomBytes: (count: number) => Uint8Array,
): Sealer {
  const additionalData = (envelopeId: string) =>
    new TextEncoder().encode(JSON.stringify([profileId, "records", envelopeId, format, keyId]));

  return {
    async seal(envelopeId, text) {
      const iv = Uint8Array.from(randomBytes(ivBytes));
      const sealed = await crypto.subtle.encrypt(
        { name: "AES-GCM", iv, additionalData: additionalData(envelopeId) },
        key,
        pad(text),
      );
      const bytes = new Uint8Array(ivBytes + sealed.byteLength);
      bytes.set(iv);
      bytes.set(new Uint8Array(sealed), ivBytes);
      return { id: envelopeId, v: format, k: keyId, b: bytesToBase64(bytes) };
    },

    async open({ id, v, k, b }) {
      if (v !== format || k !== keyId || typeof b !== "string") return undefined;
      const bytes = base64ToBytes(b);
      if (!bytes || bytes.length <= ivBytes) return undefined;
      try {
        const padded = await crypto.subtle.decrypt(
          { name: "AES-GCM", iv: bytes.subarray(0, ivBytes), additionalData: additionalData(id) },
          key,
          bytes.subarray(ivBytes),
        );
        return unpad(padded);
      } catch {
        return undefined;
      }
    },
  };
}
