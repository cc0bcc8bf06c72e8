// Fills texts up to a few sizes, so that the size of a sealed envelope does not tell what it holds.

/** Bytes that sealing adds to the padded text: a 12-byte IV and a 16-byte tag. */
const sealOverhead = 28;
const lengthBytes = 4;
// 3 * 2^n bytes are 4 * 2^n characters of base64 with no spare bit that could be flipped unnoticed.
// Nearly every record fits into the smallest.
const smallest = 3072;

/** Size of the sealed envelope, before base64, for a text of so many bytes: the smallest bucket that holds it. */
export function bucketSize(textBytes: number): number {
  let size = smallest;
  while (size < textBytes + lengthBytes + sealOverhead) size *= 2;
  return size;
}

/** The text's length, its UTF-8 and zeros. */
export function pad(text: string): Uint8Array<ArrayBuffer> {
  const utf8 = new TextEncoder().encode(text);
  const padded = new Uint8Array(bucketSize(utf8.length) - sealOverhead);
  new DataView(padded.buffer).setUint32(0, utf8.length);
  padded.set(utf8, lengthBytes);
  return padded;
}

/** The text again; what comes here has been authenticated, so it is what `pad` made. */
export function unpad(padded: ArrayBuffer): string {
  const length = new DataView(padded).getUint32(0);
  return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(
    new Uint8Array(padded, lengthBytes, length),
  );
}
