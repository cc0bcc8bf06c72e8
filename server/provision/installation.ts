// What the record store as a whole is: its country, the oldest app it serves, and whether it is a demo. Kept in the front door's own database.
import { z } from "zod";
import { documentPath, type CouchClient } from "#server/couch-client/couch-client.ts";
import { versionPattern } from "#src/domain/app-version.ts";
import { ownDatabase } from "./databases.ts";

const schema = z.object({
  country: z.enum(["vn", "id"]),
  /** The oldest version of the app that may exchange records, as the plan says; any where there is none. */
  minimumApp: z.string().regex(versionPattern).optional(),
  demo: z
    .object({
      /** The instant to which its dates relate. */
      at: z.string(),
      /** Its ids are made from this, so that an interrupted start makes the same records again. */
      seed: z.string(),
      complete: z.boolean(),
    })
    .optional(),
});
export type Installation = z.output<typeof schema>;
export type Country = Installation["country"];

const PATH = documentPath(ownDatabase, "installation");

/** Undefined for a store that nobody has set up yet. */
export async function readInstallation(couch: CouchClient): Promise<Installation | undefined> {
  const found = await couch.read(PATH);
  return found === undefined ? undefined : schema.parse(found);
}

export async function writeInstallation(couch: CouchClient, installation: Installation): Promise<void> {
  if ((await couch.read(`/${ownDatabase}`)) === undefined) await couch.write("PUT", `/${ownDatabase}?q=1`);
  const rev = z.object({ _rev: z.string() }).safeParse(await couch.read(PATH)).data?._rev;
  await couch.write("PUT", PATH, {
    ...installation,
    ...(rev === undefined ? {} : { _rev: rev }),
  });
}
