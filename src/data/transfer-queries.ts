// Queries about cases that move between sites: what others ask of us, what has left, and where somebody lives now.
import { holdsAny, rolesFor } from "#src/domain/commands/command.ts";
import { lateWordsName } from "#src/domain/ports/exchange.ts";
import { movedAway } from "#src/domain/case-file/transfer.ts";
import type { CaseFile } from "#src/domain/case-file/case-file.ts";
import { type TransferRequest, transferRequests } from "#src/domain/case-file/transfer-request.ts";
import { sitesToAsk } from "#src/domain/commands/ask-transfer.ts";
import type { Entry, Reader } from "#src/domain/ports/store.ts";
import { provinceOf } from "#src/domain/profiles/areas.ts";
import { parseDatabase } from "#src/domain/record/databases.ts";
import type { MovedCase } from "#src/domain/records/moved-case.ts";
import type { Site } from "#src/domain/records/site.ts";
import { caseRoles } from "#src/domain/roles.ts";
import { foldedWords } from "#src/domain/text/fold.ts";
import { profiles } from "#src/domain/profiles/index.ts";
import { answerBy, type Nearness, nearnessOf } from "#src/domain/tasks/tasks.ts";
import { todayAt } from "#src/domain/case-file/case-file.ts";

/** A request, and how near the day is by which it should be answered. */
export interface DueRequest {
  readonly request: TransferRequest;
  readonly dueOn: string;
  readonly nearness: Nearness;
}

/** So long it is told that a case which was accepted here does not come; milliseconds since that is known here. */
const toldMs = 7 * 24 * 3_600_000;

/**
 * Requests that somebody with these roles may answer, or whose case is on its way here, or does not come although it was
 * accepted: the most pressing first.
 */
export function requestsFor(read: Reader, roles: readonly string[], now: number): readonly DueRequest[] {
  return transferRequests(read)
    .filter(({ site, state, overtaken, answer }) => {
      const isTold = overtaken && answer !== undefined && now - Date.parse(answer.arrivedAt) < toldMs;
      const concerns = state === "open" || state === "accepted" || isTold;
      return concerns && holdsAny(rolesFor(roles, site), caseRoles);
    })
    .map((request) => dueRequest(request, now))
    .toSorted((a, b) => rank(a) - rank(b) || (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0));
}

/** @param now milliseconds since 1970 */
export function dueRequest(request: TransferRequest, now: number): DueRequest {
  const { site, entry } = request;
  const dueOn = answerBy(entry.record, { site, profile: profiles[site.profile] });
  return { request, dueOn, nearness: nearnessOf(dueOn, todayAt({ site }, now), 1) };
}

const rank = ({ request }: DueRequest): number => (request.state === "open" ? 0 : 1);

/** What is left of cases that other sites took over, the latest first; those that are back are not among them. */
export function movedCases(read: Reader): readonly Entry<MovedCase>[] {
  return leftOf(read, read.list("moved_case"));
}

/** What is left of one case here, where the case itself is not. */
export const movedCase = (read: Reader, caseId: string): Entry<MovedCase> | undefined =>
  leftOf(
    read,
    read.list("moved_case").filter(({ record }) => record.case === caseId),
  )[0];

const leftOf = (read: Reader, moved: readonly Entry<MovedCase>[]): readonly Entry<MovedCase>[] =>
  moved
    .filter((entry) => holding(read, entry.record.case ?? "", entry.database) === entry)
    .toSorted((a, b) => (a.record.movedAt < b.record.movedAt ? 1 : -1));

/** When what this device wrote of a case after it had left was last brought to where it is now; UTC instant. */
export function lateWordsArrivedAt(
  read: Reader,
  { case: caseId = "", movedAt }: MovedCase,
): string | undefined {
  const at = read.local(lateWordsName(caseId));
  // What was brought on an earlier journey of the same case says nothing of this one.
  return typeof at === "string" && at >= movedAt ? at : undefined;
}

/** The latest request to take over a case of which nothing else is here. */
export const requestAbout = (read: Reader, caseId: string): TransferRequest | undefined =>
  transferRequests(read).findLast(({ entry }) => entry.record.case === caseId);

/** The code of a case that is here, or was until it moved away, or that another site asks to take over. */
export const codeOf = (read: Reader, caseId: string): string | undefined =>
  read.get("case", caseId)?.record.code ??
  movedCase(read, caseId)?.record.caseCode ??
  requestAbout(read, caseId)?.entry.record.caseCode;

function holding(read: Reader, caseId: string, database: string): Entry<MovedCase> | undefined {
  const here = read.ofCase(caseId).filter((entry) => entry.database === database);
  return movedAway(parseDatabase(database)?.siteId ?? "", here);
}

/** Sites of which the recorded home of a person is one: by province and the name of the commune, without marks. */
export function homeSites(read: Reader, file: CaseFile): readonly Site[] {
  const { homeArea } = file.person?.record ?? {};
  const [first = "", ...rest] = foldedWords(homeArea?.commune ?? "");
  const commune = (kindsOfPlace.includes(first) ? rest : [first, ...rest]).join(" ");
  if (!file.site || commune === "") return [];
  return sitesToAsk(read, file.site).filter(
    (site) =>
      site.kind === "commune" &&
      (homeArea?.province === undefined || homeArea.province === provinceOf(site)) &&
      ` ${foldedWords(site.names.vi).join(" ")} `.includes(` ${commune} `),
  );
}

/** What people write before the name of a place. */
const kindsOfPlace: readonly string[] = ["xa", "phuong", "kelurahan", "desa"];
