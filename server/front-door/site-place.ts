// Where a site stands, as the directory has it: all that rights at it depend on.
import { z } from "zod";
import { directoryDatabase } from "#src/domain/record/databases.ts";
import { allDocuments } from "#server/couch-client/all-documents.ts";
import type { CouchClient } from "#server/couch-client/couch-client.ts";

export const sitePlaceSchema = z.object({ siteId: z.string(), ancestors: z.array(z.string()) });
export type SitePlace = z.output<typeof sitePlaceSchema>;

export async function sitePlaces(admin: CouchClient): Promise<readonly SitePlace[]> {
  const found = await allDocuments(admin, directoryDatabase, "site:");
  return found.flatMap((each) => sitePlaceSchema.safeParse(each).data ?? []);
}
