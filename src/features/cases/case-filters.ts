// Which cases a list shows; the filters stand in the address, what is searched for never does.
import { isClosed } from "#src/domain/case-file/closed.ts";
import type { CaseFile } from "#src/domain/case-file/case-file.ts";
import { careStages, riskLevels } from "#src/domain/records/code-lists.ts";

export interface CaseFilters {
  readonly stage?: CaseFile["stage"]["at"] | "open" | undefined;
  readonly risk?: (typeof riskLevels.codes)[number] | "none" | undefined;
  /** Id of a site. */
  readonly site?: string | undefined;
  readonly mine?: boolean;
  /** New, or changed by others, since I last had it open. */
  readonly changed?: boolean;
}

const oneOf = <T extends string>(known: readonly T[], asked: string | null): T | undefined =>
  known.find((code) => code === asked);

/** Reads `?stage=&risk=&site=&mine=1&changed=1`; what is not known is not asked for. */
export function readFilters(query: URLSearchParams): CaseFilters {
  return {
    stage: oneOf([...careStages.codes, "open"], query.get("stage")),
    risk: oneOf([...riskLevels.codes, "none"], query.get("risk")),
    site: query.get("site") ?? undefined,
    mine: query.get("mine") === "1",
    changed: query.get("changed") === "1",
  };
}

/** The same filters with one of them set otherwise; `""` takes it away. */
export function withFilter(query: URLSearchParams, name: keyof CaseFilters, value: string): URLSearchParams {
  const next = new URLSearchParams(query);
  if (value === "") next.delete(name);
  else next.set(name, value);
  return next;
}

export const activeFilters = ({ stage, risk, site, mine, changed }: CaseFilters): number =>
  [stage, risk, site, mine, changed].filter(Boolean).length;

/** `me` is the account's name; `isChanged` says whether others changed a case since it was last open. */
export function matches(
  file: CaseFile,
  filters: CaseFilters,
  me: string,
  isChanged: (file: CaseFile) => boolean,
): boolean {
  const { stage, risk, site, mine, changed } = filters;
  if (stage === "open" ? isClosed(file) : stage && file.stage.at !== stage) return false;
  if (risk && (file.riskLevel ?? "none") !== risk) return false;
  if (site && file.siteId !== site) return false;
  if (mine && file.owner !== me) return false;
  return !changed || isChanged(file);
}
