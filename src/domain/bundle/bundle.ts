// What a sealed bundle holds: records on their way by file, in parts, under one signature (D19).
import { z } from "zod";
import { isInstant } from "#src/domain/record/dates.ts";
import { parseDatabase } from "#src/domain/record/databases.ts";
import type { AnyRecord } from "#src/domain/record/define.ts";
import { recordIdPattern } from "#src/domain/record/ids.ts";
import { isStamped } from "#src/domain/record/stamped.ts";

/** Grows by one when an older app could not read what a newer one makes. */
export const bundleFormat = 1;

/** A part goes to the centre in one request; a record that is larger than a part goes alone. */
export const mostOfPart = { records: 100, characters: 150_000 } as const;
const mostParts = 2_000;

const caseDatabase = z
  .string()
  .refine((name) => ["site", "identity"].includes(parseDatabase(name)?.kind ?? ""));
const name = z.string().min(1).max(64);

const headSchema = z.strictObject({
  format: z.literal(bundleFormat),
  id: z.string().regex(recordIdPattern),
  /** Who wrote what is in it, and on which device. */
  account: name,
  device: name,
  /** The device's clock, corrected by what it knew of the centre's. */
  madeAt: z.string().refine(isInstant),
  /** Of what is in it. */
  databases: z.array(caseDatabase).min(1).max(1_000),
  records: z.int().min(1).max(200_000),
  /** SHA-256 of each part's text in UTF-8, hexadecimal. */
  parts: z
    .array(z.string().regex(/^[0-9a-f]{64}$/))
    .min(1)
    .max(mostParts),
});
export type BundleHead = z.output<typeof headSchema>;

/** The head as JSON text; undefined for what is none, and for another format. */
export function readHead(text: string): BundleHead | undefined {
  return headSchema.safeParse(parse(text)).data;
}

/** The very bytes that are signed: the head's text, which names every part by its hash. */
export const signedBytes = (head: string): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(`neo-ve bundle\n${head}`);

const partSchema = z
  .array(z.strictObject({ database: caseDatabase, record: z.custom<AnyRecord>(isStamped) }))
  .min(1);
export type BundleItem = z.output<typeof partSchema>[number];

/** A part as JSON text; undefined for what is none. */
export const readPart = (text: string): readonly BundleItem[] | undefined =>
  partSchema.safeParse(parse(text)).data;

const fileSchema = z.strictObject({
  format: z.literal(bundleFormat),
  head: z.string(),
  /** Ed25519 over `signedBytes`, base64. */
  signature: z.string(),
  parts: z.array(z.string()),
});
export type BundleFile = z.output<typeof fileSchema>;

/** What is sealed in the file, as JSON text. */
export function readBundleFile(text: string): BundleFile | "otherFormat" | undefined {
  const said = parse(text);
  const file = fileSchema.safeParse(said).data;
  if (file) return file;
  const format = z.looseObject({ format: z.number() }).safeParse(said).data?.format;
  return format !== undefined && format !== bundleFormat ? "otherFormat" : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
