// Bundles made by hand, right ones and forged ones, with Node's own Ed25519: the other side of the product's.
import { createHash, generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import { type BundleHead, type BundleItem, signedBytes } from "#src/domain/bundle/bundle.ts";

export interface Signer {
  readonly signingPublicKey: string;
  readonly key: KeyObject;
}

export function newSigner(): Signer {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const { x = "" } = publicKey.export({ format: "jwk" });
  return { signingPublicKey: Buffer.from(x, "base64url").toString("base64"), key: privateKey };
}

export const signatureOf = ({ key }: Signer, head: string): string =>
  sign(null, signedBytes(head), key).toString("base64");

const hashOf = (part: string): string => createHash("sha256").update(part).digest("hex");

/** @param change what a forger puts into the head before it is signed */
export function handMadeBundle(
  signer: Signer,
  from: { readonly account: string; readonly device: string },
  parts: readonly (readonly BundleItem[])[],
  change: Partial<BundleHead> = {},
) {
  const texts = parts.map((part) => JSON.stringify(part));
  const items = parts.flat();
  const content: BundleHead = {
    format: 1,
    id: "3f2a8f5e-0000-4000-8000-00000000b001",
    ...from,
    madeAt: "2026-11-20T03:00:00.000Z",
    databases: [...new Set(items.map(({ database }) => database))],
    records: items.length,
    parts: texts.map(hashOf),
    ...change,
  };
  const head = JSON.stringify(content);
  return { head, signature: signatureOf(signer, head), parts: texts };
}
