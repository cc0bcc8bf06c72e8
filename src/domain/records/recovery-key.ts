// The agency's public key: data keys of devices are wrapped to it, so that a forgotten passphrase costs no record (D5).
import { text, required } from "#src/domain/record/field.ts";
import { defineRecord } from "#src/domain/record/define.ts";

export const recoveryKey = defineRecord({
  type: "recovery_key",
  version: 1,
  database: "directory",
  mutability: "mutable",
  ofCase: false,
  writers: [],
  // An age X25519 recipient, `age1…` (https://age-encryption.org/v1).
  fields: { recipient: required(text({ max: 100 })) },
});
