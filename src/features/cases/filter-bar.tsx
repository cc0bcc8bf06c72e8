// The filters of the list; each stands in the address, so that a list can be kept and reopened.
import { useQuery } from "#src/data/use-query.ts";
import { useWork } from "#src/data/work.tsx";
import { sitesWith } from "#src/data/place-queries.ts";
import { careStages, riskLevels } from "#src/domain/records/code-lists.ts";
import { caseRoles } from "#src/domain/roles.ts";
import { useLabels } from "#src/i18n/labels.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { Disclosure } from "#src/ui/disclosure.tsx";
import { activeFilters, type CaseFilters } from "./case-filters.ts";

interface FilterBarProps {
  readonly filters: CaseFilters;
  readonly onFilter: (name: keyof CaseFilters, value: string) => void;
}

export function FilterBar({ filters, onFilter }: FilterBarProps) {
  const { t, locale } = useTexts();
  const { codeLabel, fieldLabel } = useLabels();
  const { account } = useWork().profile;
  const sites = useQuery(sitesWith, account.roles, caseRoles).filter(({ kind }) => kind !== "office");
  const active = activeFilters(filters);
  return (
    <Disclosure
      summary={active === 0 ? t("cases.filter") : t("cases.filterOn", { count: active })}
      open={active > 0}
    >
      <div className="filters">
        <Choose
          name="stage"
          label={t("cases.filter.stage")}
          value={filters.stage}
          onFilter={onFilter}
          options={[
            ["open", t("cases.filter.open")],
            ...careStages.codes.map((code) => [code, codeLabel(careStages, code)] as const),
          ]}
        />
        <Choose
          name="risk"
          label={fieldLabel("case", "riskLevel")}
          value={filters.risk}
          onFilter={onFilter}
          options={[
            ...riskLevels.codes.map((code) => [code, codeLabel(riskLevels, code)] as const),
            ["none", t("cases.filter.noRisk")],
          ]}
        />
        {sites.length > 1 ? (
          <Choose
            name="site"
            label={t("case.site")}
            value={filters.site}
            onFilter={onFilter}
            options={sites.map(({ siteId, names }) => [siteId, names[locale]] as const)}
          />
        ) : null}
        <Tick name="mine" label={t("cases.filter.mine")} on={filters.mine === true} onFilter={onFilter} />
        <Tick
          name="changed"
          label={t("cases.filter.changed")}
          on={filters.changed === true}
          onFilter={onFilter}
        />
      </div>
    </Disclosure>
  );
}

interface PartProps {
  readonly name: keyof CaseFilters;
  readonly label: string;
  readonly onFilter: FilterBarProps["onFilter"];
}

interface ChooseProps extends PartProps {
  readonly value: string | undefined;
  readonly options: readonly (readonly [value: string, label: string])[];
}

function Choose({ name, label, value, options, onFilter }: ChooseProps) {
  const { t } = useTexts();
  return (
    <label className="filter">
      <span className="filter-label">{label}</span>
      <select
        className="control"
        name={`filter.${name}`}
        value={value ?? ""}
        onChange={(event) => onFilter(name, event.currentTarget.value)}
      >
        <option value="">{t("cases.filter.all")}</option>
        {options.map(([code, text]) => (
          <option key={code} value={code}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

function Tick({ name, label, on, onFilter }: PartProps & { readonly on: boolean }) {
  return (
    <label className="filter-tick">
      <input
        type="checkbox"
        name={`filter.${name}`}
        checked={on}
        onChange={(event) => onFilter(name, event.currentTarget.checked ? "1" : "")}
      />
      <span>{label}</span>
    </label>
  );
}
