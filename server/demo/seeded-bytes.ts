// Bytes that look random and are the same for the same seed, so that an interrupted demo is continued, not doubled.
import { createHash } from "node:crypto";

export function seededBytes(seed: string): (count: number) => Uint8Array {
  let block = 0;
  return (count) => {
    const bytes: number[] = [];
    while (bytes.length < count) {
      bytes.push(
        ...createHash("sha256")
          .update(`${seed}:${String(block)}`)
          .digest(),
      );
      block++;
    }
    return Uint8Array.from(bytes.slice(0, count));
  };
}
