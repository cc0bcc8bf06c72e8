// A device that somebody works on, with its public keys: what is handed on by file is sealed for it and signed by it (D19).
import { instant, required, text, yesNo } from "#src/domain/record/field.ts";
import { defineRecord, type RecordOf } from "#src/domain/record/define.ts";

/** Published by the front door alone. The keys of a device never change: other keys are another device. */
export const device = defineRecord({
  type: "device",
  version: 1,
  database: "directory",
  mutability: "mutable",
  ofCase: false,
  writers: [],
  fields: {
    account: required(text({ max: 64, holds: "account" })),
    // As in `device` of the records it writes.
    deviceId: required(text({ max: 64 })),
    // An age X25519 recipient, `age1…` (https://age-encryption.org/v1).
    agePublicKey: required(text({ max: 100 })),
    // Ed25519 (RFC 8032), 32 bytes as base64.
    signingPublicKey: required(text({ max: 100 })),
    since: required(instant()),
    // Silent for longer than others of the account: nothing is sealed for it, and its signature does not count.
    retired: yesNo(),
  },
});
export type Device = RecordOf<typeof device>;
