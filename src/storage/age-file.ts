// Files of the age format (https://age-encryption.org/v1): sealed for several receivers, opened by one of them.
import { err, ok, type Result } from "#src/domain/ports/result.ts";

/** Why a file does not open: it is none of ours, it was made for others, or it is not as it was made. */
export type AgeFault = "notSealed" | "notForUs" | "damaged";

const beginning = "age-encryption.org/v1\n";
const textBeginning = "-----BEGIN AGE ENCRYPTED FILE-----";
/** White space, which mail programs add. */
const mostBefore = 64;

/** The same file as text (age's armor): it goes where only text goes, and opens as it did. */
export async function asText(file: Uint8Array): Promise<Uint8Array> {
  const { armor } = await import("age-encryption");
  return new TextEncoder().encode(armor.encode(file));
}

/**
 * @param recipients `age1…`; those that are none are left out
 * @returns the file, and how many receivers it has; undefined where none is left
 */
export async function sealFor(
  recipients: readonly string[],
  content: Uint8Array,
): Promise<{ readonly file: Uint8Array; readonly receivers: number } | undefined> {
  const { Encrypter } = await import("age-encryption");
  const encrypter = new Encrypter();
  let receivers = 0;
  for (const recipient of new Set(recipients)) {
    try {
      encrypter.addRecipient(recipient);
      receivers += 1;
    } catch {
      // A key that somebody has published broken must not keep the file from the others.
    }
  }
  return receivers === 0 ? undefined : { file: await encrypter.encrypt(content), receivers };
}

/**
 * @param identity `AGE-SECRET-KEY-1…`
 * @param file as it was sealed, or as text
 */
export async function openWith(identity: string, file: Uint8Array): Promise<Result<Uint8Array, AgeFault>> {
  const start = new TextDecoder().decode(file.subarray(0, textBeginning.length + mostBefore)).trimStart();
  const isText = start.startsWith(textBeginning);
  if (!isText && !start.startsWith(beginning)) return err("notSealed");
  const { armor, Decrypter } = await import("age-encryption");
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  try {
    return ok(await decrypter.decrypt(isText ? armor.decode(new TextDecoder().decode(file)) : file));
  } catch (error) {
    const isForOthers = error instanceof Error && error.message.startsWith("no identity matched");
    return err(isForOthers ? "notForUs" : "damaged");
  }
}
