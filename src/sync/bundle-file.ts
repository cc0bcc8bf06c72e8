// The file in which records are handed on: a signed head that names its parts by their hashes, padded and sealed (D19).
import {
  type BundleFile,
  type BundleHead,
  type BundleItem,
  bundleFormat,
  mostOfPart,
  readBundleFile,
  readHead,
  readPart,
  signedBytes,
} from "#src/domain/bundle/bundle.ts";
import { err, ok, type Result } from "#src/domain/ports/result.ts";
import { asText, sealFor } from "#src/storage/age-file.ts";
import type { DeviceKeys } from "#src/storage/device-keys.ts";
import { pad, unpad } from "#src/storage/padding.ts";

/** More than anybody writes in a year; a phone must hold it in memory several times over. */
const mostBytes = 96 * 1024 * 1024;

/** Texts of the parts, each small enough for one request. */
export function inParts(items: readonly BundleItem[]): readonly string[] {
  const parts: string[][] = [];
  let characters = 0;
  for (const item of items) {
    const text = JSON.stringify(item);
    const last = parts.at(-1);
    if (last && last.length < mostOfPart.records && characters + text.length < mostOfPart.characters) {
      last.push(text);
      characters += text.length;
    } else {
      parts.push([text]);
      characters = text.length;
    }
  }
  return parts.map((texts) => `[${texts.join(",")}]`);
}

/** @returns the sealed file, or undefined where none of the receivers' keys is one */
export async function sealedBundle(
  about: Omit<BundleHead, "format" | "parts">,
  parts: readonly string[],
  keys: DeviceKeys,
  recipients: readonly string[],
): Promise<Uint8Array | undefined> {
  const content: BundleHead = { format: bundleFormat, ...about, parts: await Promise.all(parts.map(hashOf)) };
  const head = JSON.stringify(content);
  const signature = await keys.sign(signedBytes(head));
  const file: BundleFile = { format: bundleFormat, head, signature, parts: [...parts] };
  const sealed = await sealFor(recipients, pad(JSON.stringify(file)));
  // Chromium shares text, and no kind of file for bytes.
  return sealed && asText(sealed.file);
}

export type ContentFault = "TooBig" | "NotABundle" | "NotForThisDevice" | "Damaged" | "OtherFormat";

export interface BundleContent {
  readonly head: BundleHead;
  readonly file: BundleFile;
}

/** What is in the file, whole and in itself consistent; whose signature it bears is not looked at here. */
export async function openBundle(
  bytes: Uint8Array,
  keys: DeviceKeys,
): Promise<Result<BundleContent, ContentFault>> {
  if (bytes.length > mostBytes) return err("TooBig");
  const opened = await keys.open(bytes);
  if (!opened.ok) return err(words[opened.error]);
  const text = textOf(opened.value);
  const file = text === undefined ? undefined : readBundleFile(text);
  if (file === undefined) return err("Damaged");
  if (file === "otherFormat") return err("OtherFormat");
  const head = readHead(file.head);
  if (!head || head.parts.length !== file.parts.length) return err("Damaged");
  const hashes = await Promise.all(file.parts.map(hashOf));
  const isWhole = hashes.every((hash, index) => hash === head.parts[index]) && holds(head, file.parts);
  return isWhole ? ok({ head, file }) : err("Damaged");
}

const words = { notSealed: "NotABundle", notForUs: "NotForThisDevice", damaged: "Damaged" } as const;

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return unpad(Uint8Array.from(bytes).buffer);
  } catch {
    return undefined;
  }
}

/** Whether the parts hold what the head says of them. */
function holds({ records, databases }: BundleHead, parts: readonly string[]): boolean {
  const items = parts.map(readPart);
  if (!items.every((part) => part !== undefined)) return false;
  const all = items.flat();
  return all.length === records && all.every(({ database }) => databases.includes(database));
}

async function hashOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
