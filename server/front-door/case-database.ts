// The name of a database that holds records of people, as a device says it to the front door.
import { z } from "zod";
import { parseDatabase } from "#src/domain/record/databases.ts";

export const caseDatabase = z
  .string()
  .refine((name) => ["site", "identity"].includes(parseDatabase(name)?.kind ?? ""));
