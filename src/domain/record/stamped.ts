// Tells a record of ours from anything else that came out of JSON.
import type { AnyRecord } from "./define.ts";

const texts = ["id", "type", "createdAt", "createdBy", "device", "deviceTime"] as const;

/**
 * True for records of unknown types and newer versions too: what this version does not know it keeps as it is (D16).
 * By hand, since every document that comes is asked, and a schema would copy its whole history to tell.
 */
export function isStamped(value: unknown): value is AnyRecord {
  if (!isHolder(value)) return false;
  const { version, updatedAt, history } = value;
  return (
    texts.every((name) => typeof value[name] === "string") &&
    Number.isFinite(version) &&
    (updatedAt === undefined || typeof updatedAt === "string") &&
    (history === undefined || (Array.isArray(history) && history.every(isEntry)))
  );
}

const isHolder = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

const isEntry = (value: unknown): boolean =>
  isHolder(value) && typeof value["id"] === "string" && typeof value["at"] === "string";
