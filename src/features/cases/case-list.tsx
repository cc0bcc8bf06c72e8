// The list of cases: search, filters, rows in chunks, and the keyboard's way through them.
import { Eye, EyeOff, SearchX } from "lucide-react";
import { type KeyboardEvent, useDeferredValue, useEffect, useMemo } from "react";
import { useNavigate, useSearchParams } from "react-router";
import { useNow } from "#src/data/clock.ts";
import { useWork } from "#src/data/work.tsx";
import { parseRole } from "#src/domain/roles.ts";
import { useFormats } from "#src/i18n/format.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { addressOf } from "#src/ui/addresses.ts";
import { Button } from "#src/ui/button.tsx";
import { EmptyState } from "#src/ui/empty-state.tsx";
import { PageHeader } from "#src/ui/page-header.tsx";
import { Rows, Sheet } from "#src/ui/sheet.tsx";
import { useReveal } from "#src/ui/use-reveal.ts";
import { readFilters, withFilter } from "./case-filters.ts";
import { CaseTable } from "./case-table.tsx";
import { CaseRow } from "./case-row.tsx";
import { FilterBar } from "./filter-bar.tsx";
import { useLooking } from "./list-memory.ts";
import { MovedCases } from "./moved-cases.tsx";
import { NamesElsewhere } from "./names-elsewhere.tsx";
import { NoCases } from "./no-cases.tsx";
import { SiteOverview } from "./site-overview.tsx";
import { readOrder, withSort } from "./table-order.ts";
import { useShownCases } from "./use-shown-cases.ts";
import "./case-list.css";

interface CaseListProps {
  /** Id of the case beside the list. */
  readonly selected?: string;
  readonly wide: boolean;
  /** As a table with heads that sort, over the whole width; for whoever supervises. */
  readonly tabular?: boolean;
}

export function CaseList({ selected, wide, tabular = false }: CaseListProps) {
  const { t } = useTexts();
  const { number } = useFormats();
  const navigate = useNavigate();
  const [query, setQuery] = useSearchParams();
  const { looking, type, showMore } = useLooking();
  const filters = useMemo(() => readFilters(query), [query]);
  // Typing stays fluent: the list follows when there is time.
  const typed = useDeferredValue(looking.typed);
  const now = useNow();
  const order = readOrder(query.get("sort"));
  const { all, shown, changed } = useShownCases(typed, filters, tabular ? order : undefined, now);
  const supervises = useWork().profile.account.roles.some((role) => parseRole(role)?.role === "supervisor");
  const [namesShown, turnNames] = useReveal();
  useEffect(() => {
    // Beside the case just opened from further down, its row is in sight.
    if (wide && selected !== undefined)
      document.querySelector('.row-link[aria-current="true"]')?.scrollIntoView({ block: "nearest" });
  }, [wide, selected]);
  const search = query.size === 0 ? "" : `?${query.toString()}`;
  const hasNames = shown.some((file) => file.person?.record.displayName !== undefined);

  function walkRows(event: KeyboardEvent<HTMLElement>): void {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    const links = [...event.currentTarget.querySelectorAll<HTMLAnchorElement>("a.row-link")];
    const at = links.findIndex((link) => link === document.activeElement);
    const target = links[at + step];
    if (step === 0 || at === -1 || !target) return;
    event.preventDefault();
    target.focus();
    const id = target.closest<HTMLElement>("[data-record]")?.dataset["record"];
    if (wide && !tabular && id !== undefined)
      void navigate({ pathname: addressOf.case(id), search }, { replace: selected !== undefined });
  }

  if (all.length === 0) return <NoCases />;
  const some = shown.slice(0, looking.shown);
  return (
    <div className={`page case-list ${tabular ? "case-list-table" : wide ? "case-list-wide" : ""}`}>
      <PageHeader title={t("nav.cases")} />
      <div role="search" className="stack">
        <label className="filter">
          <span className="filter-label">{t("cases.search")}</span>
          <input
            type="search"
            className="control"
            name="search"
            value={looking.typed}
            placeholder={t("cases.searchHint")}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => type(event.currentTarget.value)}
          />
        </label>
        <FilterBar
          filters={filters}
          onFilter={(name, value) => setQuery(withFilter(query, name, value), { replace: true })}
        />
      </div>
      {supervises && (tabular || !wide) ? <SiteOverview files={all} now={now} tabular={tabular} /> : null}
      <div className="case-list-head">
        <p role="status" className="quiet numeric">
          {shown.length === all.length
            ? t("cases.count", { count: all.length, shown: number(all.length) })
            : t("cases.countOf", { count: all.length, shown: number(shown.length), all: number(all.length) })}
        </p>
        {hasNames ? (
          <Button
            variant="quiet"
            icon={namesShown ? EyeOff : Eye}
            action="reveal"
            aria-pressed={namesShown}
            onClick={turnNames}
          >
            {t(namesShown ? "cases.hideNames" : "cases.showNames")}
          </Button>
        ) : null}
      </div>
      {shown.length === 0 ? (
        <EmptyState
          icon={SearchX}
          title={t("cases.nothing")}
          action={
            <Button
              action="clear"
              onClick={() => {
                type("");
                setQuery({}, { replace: true });
              }}
            >
              {t("cases.clear")}
            </Button>
          }
        >
          <p>{t("cases.nothingHint")}</p>
          {typed.trim() === "" ? null : <NamesElsewhere files={all} />}
        </EmptyState>
      ) : (
        <Sheet>
          <div role="presentation" onKeyDown={walkRows}>
            {tabular ? (
              <CaseTable
                files={some}
                order={order ?? (typed.trim() === "" ? { column: "due", turned: false } : undefined)}
                onSort={(sort) => setQuery(withSort(query, sort), { replace: true })}
                now={now}
                changed={changed}
                namesShown={namesShown}
                search={search}
              />
            ) : (
              <Rows label={t("nav.cases")}>
                {some.map((file) => (
                  <CaseRow
                    key={file.case.id}
                    file={file}
                    now={now}
                    selected={file.case.id === selected}
                    changed={changed.has(file.case.id)}
                    nameShown={namesShown}
                    search={search}
                  />
                ))}
              </Rows>
            )}
          </div>
          {shown.length > some.length ? (
            <Button wide action="more" onClick={showMore}>
              {t("cases.more", { count: Math.min(50, shown.length - some.length) })}
            </Button>
          ) : null}
        </Sheet>
      )}
      <MovedCases />
    </div>
  );
}
