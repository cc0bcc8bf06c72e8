// Ids: 128 random bits written as a UUID; never time-ordered, never made from personal data (D6).

/** `3f2a…-…`, version-4 shaped, from 16 random bytes. */
export function newId(randomBytes: (count: number) => Uint8Array): string {
  const bytes = Uint8Array.from(randomBytes(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return uuidOf(bytes);
}

/** 16 bytes in the textual form of a UUID (RFC 9562 §4). */
export function uuidOf(bytes: Uint8Array): string {
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    "-",
  );
}

/** The shape of a record's id. Directory records name what they describe: `site:vn-gso-48`. */
export const recordIdPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
export const directoryIdPattern = /^(site|account|device|recovery_key):[a-z0-9._-]{1,64}$/;
