// Answers `_revs_diff` and `_missing_revs`: which of the revisions a sender has are not here.
import { badRequest } from "./errors.ts";
import type { DocumentStore } from "./document-store.ts";
import type { JsonObject } from "./json.ts";
import { lackingIn, parseRevision, possibleAncestors, revisionName, type Revision } from "./revisions.ts";

interface Lack {
  id: string;
  lacking: Revision[];
  ancestors: Revision[];
}

/** @param asked revision names by document id. @throws 400 */
function findLacks(documents: DocumentStore, asked: JsonObject): Lack[] {
  return Object.entries(asked).flatMap(([id, names]) => {
    if (!Array.isArray(names)) throw badRequest("Invalid list of revisions");
    const tree = documents.find(id)?.tree ?? [];
    const lacking = lackingIn(tree, names.map(parseRevision));
    return lacking.length === 0 ? [] : [{ id, lacking, ancestors: possibleAncestors(tree, lacking) }];
  });
}

export function answerRevsDiff(documents: DocumentStore, asked: JsonObject): JsonObject {
  const lacks = findLacks(documents, asked).map(({ id, lacking, ancestors }): [string, JsonObject] => [
    id,
    {
      missing: lacking.map(revisionName),
      ...(ancestors.length > 0 ? { possible_ancestors: ancestors.map(revisionName) } : {}),
    },
  ]);
  return Object.fromEntries(lacks);
}

export function answerMissingRevs(documents: DocumentStore, asked: JsonObject): JsonObject {
  const lacks = findLacks(documents, asked).map(({ id, lacking }): [string, string[]] => [
    id,
    lacking.map(revisionName),
  ]);
  return { missing_revs: Object.fromEntries(lacks) };
}
