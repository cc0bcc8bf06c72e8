// Time, ids and chance come from outside, so that the same seed gives the same log (D21).

export interface Surroundings {
  /** The device's own clock; milliseconds since 1970. */
  now(): number;
  /** Random bits, cryptographically strong in the product. */
  randomBytes(count: number): Uint8Array;
}
