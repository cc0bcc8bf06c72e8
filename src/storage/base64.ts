// Bytes as text: RxDB clones what it stores, and typed arrays do not survive that.

// String.fromCharCode takes its bytes as arguments, and engines bound their number.
const chunk = 0x2000;

export function bytesToBase64(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += chunk) {
    // Spreading the bytes would be ten times slower.
    text += Reflect.apply(String.fromCharCode, undefined, bytes.subarray(at, at + chunk));
  }
  return btoa(text);
}

/** Undefined for what is not base64. */
export function base64ToBytes(base64: string): Uint8Array<ArrayBuffer> | undefined {
  let text: string;
  try {
    text = atob(base64);
  } catch {
    return undefined;
  }
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
}
