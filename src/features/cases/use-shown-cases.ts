// The cases a list shows now: searched, filtered, in order.
import { useMemo } from "react";
import { allCases } from "#src/data/case-queries.ts";
import { displayNameOf } from "#src/data/place-queries.ts";
import { searchCases } from "#src/data/case-search.ts";
import { isNewOrChanged } from "#src/data/case-seen.ts";
import { useQuery } from "#src/data/use-query.ts";
import { useWork } from "#src/data/work.tsx";
import type { CaseFile } from "#src/domain/case-file/case-file.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import type { Reader } from "#src/domain/ports/store.ts";
import { nextStepOf } from "./next-step.ts";
import { inOrder, type TableOrder } from "./table-order.ts";
import { type CaseFilters, matches } from "./case-filters.ts";

const hourMs = 3_600_000;

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

/** The longest overdue first, or by the column somebody chose; what is searched for comes with the best first, unless one is chosen. */
export function useShownCases(
  typed: string,
  filters: CaseFilters,
  order: TableOrder | undefined,
  now: number,
): ShownCases {
  const { account, store } = useWork().profile;
  const { locale } = useTexts();
  const me = account.name;
  const column = order?.column;
  const turned = order?.turned ?? false;
  // A day begins on the hour: until the next one, what is due stays as it is.
  const hour = Math.floor(now / hourMs);
  const all = useQuery(allCases);
  const found = useQuery(searchCases, typed);
  const changed = useQuery(changedCases, me);
  const shown = useMemo(() => {
    const passing = all.filter((file) => matches(file, filters, me, () => changed.has(file.case.id)));
    if (!found || column) {
      const asked = column && { column, turned };
      const ids = found && new Set(found);
      const known = {
        stepOf: (file: CaseFile) => nextStepOf(store.read, file, hour * hourMs),
        siteOf: (file: CaseFile) => file.site?.names[locale] ?? file.siteId,
        ownerOf: (file: CaseFile) => (file.owner === undefined ? "" : displayNameOf(store.read, file.owner)),
        collator: new Intl.Collator(locale),
      };
      const searched = ids ? passing.filter((file) => ids.has(file.case.id)) : passing;
      return inOrder(searched, asked, known);
    }
    const byId = new Map(passing.map((file) => [file.case.id, file]));
    return found.map((id) => byId.get(id)).filter((file) => file !== undefined);
  }, [all, found, filters, me, changed, column, turned, hour, locale, store]);
  return { all, shown, changed };
}
