// What a backup says of itself: when it was taken, and each file with its size and checksum.
import { createHash } from "node:crypto";
import { createReadStream, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { err, ok, type Result } from "#src/domain/ports/result.ts";
import { codeOf } from "#server/start/problem.ts";
import { backedUp } from "./data-files.ts";
import { settle } from "./durable.ts";

const manifestFile = "manifest.json";

const described = z.object({
  name: z.enum(backedUp),
  bytes: z.number().int().nonnegative(),
  /** Hexadecimal. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type DescribedFile = z.output<typeof described>;

const schema = z.object({
  format: z.literal("neo-ve backup 1"),
  /** UTC instant before which everything answered is in it. */
  takenAt: z.iso.datetime(),
  databases: z.number(),
  /** Records and accounts that are alive. */
  documents: z.number(),
  files: z.array(described).min(1),
});
export type Manifest = z.output<typeof schema>;

export async function describeFile(folder: string, name: DescribedFile["name"]): Promise<DescribedFile> {
  const hash = createHash("sha256");
  const path = join(folder, name);
  for await (const chunk of createReadStream(path)) if (Buffer.isBuffer(chunk)) hash.update(chunk);
  return { name, bytes: statSync(path).size, sha256: hash.digest("hex") };
}

/** Written last, under another name first: a folder with a manifest holds a whole backup. */
export function writeManifest(folder: string, manifest: Manifest): void {
  const path = join(folder, manifestFile);
  const partial = `${path}.partial`;
  writeFileSync(partial, `${JSON.stringify(manifest, undefined, 2)}\n`, { mode: 0o600, flag: "wx" });
  settle(partial);
  renameSync(partial, path);
  settle(folder);
}

/** The manifest of a folder whose files are what it says, or why it is none. */
export async function readBackup(folder: string): Promise<Result<Manifest, string>> {
  const manifest = readManifest(folder);
  if (!manifest.ok) return manifest;
  for (const said of manifest.value.files) {
    let found: DescribedFile;
    try {
      found = await describeFile(folder, said.name);
    } catch (error) {
      return err(`${said.name} cannot be read (${codeOf(error)})`);
    }
    if (found.bytes !== said.bytes || found.sha256 !== said.sha256)
      return err(`${said.name} is not what was written there: its checksum differs`);
  }
  return manifest;
}

/** Without a look at the files. */
export function readManifest(folder: string): Result<Manifest, string> {
  let text: string;
  try {
    text = readFileSync(join(folder, manifestFile), "utf8");
  } catch (error) {
    return err(`its ${manifestFile} cannot be read (${codeOf(error)}); a backup that was cut off has none`);
  }
  const read = schema.safeParse(parse(text));
  return read.success ? ok(read.data) : err(`its ${manifestFile} is not that of a backup of this version`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
