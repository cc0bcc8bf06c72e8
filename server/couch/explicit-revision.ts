// The revision that a request names beside its body: in `?rev` or in `If-Match`.
import type { Call } from "./call.ts";
import type { IncomingDocument } from "./document.ts";
import { badRequest } from "./errors.ts";
import { parseRevision, sameRevision, type Revision } from "./revisions.ts";

/** Null if the request names none. @throws 400 if query and header disagree */
export function explicitRevision({ request, query }: Call): Revision | null {
  const rev = query.get("rev");
  const etag = request.headers.get("if-match");
  const named = rev === null ? null : parseRevision(rev);
  const matched = etag === null ? null : parseRevision(etag.replaceAll('"', ""));
  if (named !== null && matched !== null && !sameRevision(named, matched))
    throw badRequest("Document rev and etag have different values");
  return named ?? matched;
}

/** Adds the revision that `?rev` or `If-Match` names. @throws 400 if body, query and header disagree */
export function withExplicitRevision(call: Call, document: IncomingDocument): IncomingDocument {
  const rev = call.query.get("rev");
  const { history } = document;
  const [newest] = history.ids;
  if (newest === undefined) {
    const explicit = explicitRevision(call);
    if (explicit === null) return document;
    return { ...document, history: { start: explicit.generation, ids: [explicit.id] } };
  }
  const own = { generation: history.start, id: newest };
  if (rev !== null && !sameRevision(parseRevision(rev), own))
    throw badRequest("Document rev from request body and query string have different values");
  const explicit = explicitRevision(call);
  if (explicit !== null && !sameRevision(explicit, own))
    throw badRequest("Document rev and etag have different values");
  return document;
}
