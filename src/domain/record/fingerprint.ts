// A short name for a public key, so that two people can tell over the telephone whether they see the same one.

/** Crockford's base 32: nothing in it is mistaken for something else when it is read out. */
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const characters = 16;

/**
 * `7K3Q-XM5A-0R9T-W2BC`, of the first 80 bits. To make another key with the same one is out of reach, to compare it takes
 * ten seconds.
 * @param digest SHA-256 over the key as it is written (`age1…`); whoever asks computes it
 */
export function fingerprintOf(digest: Uint8Array): string {
  let bits = 0n;
  for (const byte of digest.subarray(0, (characters * 5) / 8)) bits = bits * 256n + BigInt(byte);
  const letters = Array.from({ length: characters }, (_, index) =>
    alphabet.charAt(Number((bits >> BigInt(5 * (characters - 1 - index))) & 31n)),
  ).join("");
  return letters.replace(/(?<=.)(?=(?:.{4})+$)/g, "-");
}
