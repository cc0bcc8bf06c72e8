// Argon2id by hash-wasm, on whichever thread imports this.
import { argon2id } from "hash-wasm";
import type { DeriveKey } from "./passphrase.ts";

export const argon2: DeriveKey = async (password, salt, cost) =>
  Uint8Array.from(
    await argon2id({
      password,
      salt,
      memorySize: cost.memoryKiB,
      iterations: cost.passes,
      parallelism: cost.lanes,
      hashLength: 32,
      outputType: "binary",
    }),
  );
