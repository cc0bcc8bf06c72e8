// Tells a record of ours from anything else that came out of JSON.
import { z } from "zod";
import type { AnyRecord } from "./define.ts";

const stamps = z.looseObject({
  id: z.string(),
  type: z.string(),
  version: z.number(),
  createdAt: z.string(),
  createdBy: z.string(),
  device: z.string(),
  deviceTime: z.string(),
  updatedAt: z.string().optional(),
  history: z.array(z.looseObject({ id: z.string(), at: z.string() })).optional(),
});

/** True for records of unknown types and newer versions too: what this version does not know it keeps as it is (D16). */
export const isStamped = (value: unknown): value is AnyRecord => stamps.safeParse(value).success;
