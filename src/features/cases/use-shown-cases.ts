// The cases a list shows now: searched, filtered, in order.
import { useMemo } from "react";
import { allCases } from "#src/data/case-queries.ts";
import { searchCases } from "#src/data/case-search.ts";
import { isNewOrChanged } from "#src/data/case-seen.ts";
import { useQuery } from "#src/data/use-query.ts";
import { useWork } from "#src/data/work.tsx";
import type { CaseFile } from "#src/domain/case-file/case-file.ts";
import type { Reader } from "#src/domain/ports/store.ts";
import { byUrgency, type CaseFilters, matches } from "./case-filters.ts";

export interface ShownCases {
  readonly all: readonly CaseFile[];
  readonly shown: readonly CaseFile[];
  /** Ids of cases that others changed since they were last open here. */
  readonly changed: ReadonlySet<string>;
}

const changedCases = (read: Reader, me: string): ReadonlySet<string> =>
  new Set(
    allCases(read)
      .filter((file) => isNewOrChanged(read, file, me))
      .map((file) => file.case.id),
  );

export function useShownCases(typed: string, filters: CaseFilters): ShownCases {
  const me = useWork().profile.account.name;
  const all = useQuery(allCases);
  const found = useQuery(searchCases, typed);
  const changed = useQuery(changedCases, me);
  const shown = useMemo(() => {
    const passing = all.filter((file) => matches(file, filters, me, () => changed.has(file.case.id)));
    if (!found) return passing.toSorted(byUrgency);
    const byId = new Map(passing.map((file) => [file.case.id, file]));
    return found.map((id) => byId.get(id)).filter((file) => file !== undefined);
  }, [all, found, filters, me, changed]);
  return { all, shown, changed };
}
