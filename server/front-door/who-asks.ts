// Asks the record store whose session a cookie is.
import { isObject, isStringArray, parseJson } from "#server/couch/json.ts";
import type { CouchHandler } from "./couch-handler.ts";

export interface Caller {
  name: string;
  roles: readonly string[];
  /** `Set-Cookie` lines that renew the session. */
  renewal: readonly string[];
}

/** Undefined for nobody, an ended session, or a store that does not answer as CouchDB does. */
export async function whoAsks(
  couch: CouchHandler,
  cookie: string | undefined,
  from: { address: string; secure: boolean },
): Promise<Caller | undefined> {
  if (cookie === undefined) return undefined;
  const headers = { Cookie: cookie, ...(from.secure ? { "X-Forwarded-Proto": "https" } : {}) };
  const response = await couch(new Request("http://couch.invalid/_session", { headers }), from);
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (response.status !== 200) return undefined;
  const body = parseJson(bytes, 10);
  const context = isObject(body) ? body["userCtx"] : undefined;
  if (!isObject(context)) return undefined;
  const { name, roles } = context;
  if (typeof name !== "string" || !isStringArray(roles)) return undefined;
  return { name, roles, renewal: response.headers.getSetCookie() };
}
