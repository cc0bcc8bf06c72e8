// What two people recorded differently without seeing each other's, both in plain words, until somebody decides on the case.
import { Split } from "lucide-react";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { forkedCases } from "#src/data/case-queries.ts";
import { displayNameOf, oneSite } from "#src/data/place-queries.ts";
import { clashes } from "#src/data/sync-queries.ts";
import { useQuery } from "#src/data/use-query.ts";
import { useWork } from "#src/data/work.tsx";
import { clashesIn } from "#src/domain/case-file/undecided.ts";
import type { CaseFile } from "#src/domain/case-file/case-file.ts";
import { type Fork, forksOf } from "#src/domain/case-file/forks.ts";
import type { Entry } from "#src/domain/ports/store.ts";
import { parseDatabase } from "#src/domain/record/databases.ts";
import { sectionOf } from "#src/domain/record/define.ts";
import type { Clash } from "#src/domain/record/history.ts";
import { isRecordType } from "#src/domain/records/index.ts";
import type { Site } from "#src/domain/records/site.ts";
import { useLabels } from "#src/i18n/labels.ts";
import { SitePlace } from "#src/i18n/site-place.tsx";
import { useTexts } from "#src/i18n/use-texts.ts";
import { addressOf } from "#src/ui/addresses.ts";
import { Badge } from "#src/ui/badge.tsx";
import { Row, Rows, Sheet } from "#src/ui/sheet.tsx";
import { type Told, useRivalWords } from "#src/ui/use-rival-words.ts";

interface ClashesProps {
  /** For whoever sees more than one site. */
  readonly sited: boolean;
}

/** Of which case, as far as that is here. */
interface Undecided {
  readonly entry: Entry;
  readonly caseId: string | undefined;
  readonly code: string | undefined;
}

export function Clashes({ sited }: ClashesProps) {
  const { t } = useTexts();
  const clashing = useQuery(clashes).flatMap((placed) =>
    clashesIn(placed.entry.record).map((clash) => ({ placed, clash })),
  );
  const forks = useQuery(forkedCases).flatMap((file) => forksOf(file).map((fork) => ({ file, fork })));
  const count = clashing.length + forks.length;
  if (count === 0) return null;
  return (
    <Sheet title={t("today.clashes")} tone="due" aside={<span className="numeric">{count}</span>}>
      <Rows label={t("today.clashes")}>
        {clashing.map(({ placed, clash }) => (
          <AtItsSite key={`${placed.entry.record.id} ${clash.unit.path}`} of={placed}>
            {(site) => <ClashRow placed={placed} clash={clash} site={sited ? site : undefined} />}
          </AtItsSite>
        ))}
        {forks.map(({ file, fork }) => (
          <AtItsSite key={fork.steps.map(({ id }) => id).join(" ")} of={file}>
            {(site) => <ForkRow file={file} fork={fork} site={sited ? site : undefined} />}
          </AtItsSite>
        ))}
      </Rows>
    </Sheet>
  );
}

/** Days and times are those of the place. */
function AtItsSite({
  of,
  children,
}: {
  readonly of: Pick<Undecided, "entry">;
  readonly children: (site: Site | undefined) => ReactNode;
}) {
  const siteId = parseDatabase(of.entry.database)?.siteId ?? "";
  const site = useQuery(oneSite, siteId);
  return (
    <SitePlace siteId={siteId} site={site}>
      {children(site)}
    </SitePlace>
  );
}

const useRivals = () => {
  const { account, device, store } = useWork().profile;
  return useRivalWords({ read: store.read, nameOf: displayNameOf }, { me: account.name, device });
};

interface Sited {
  /** To be named; absent for whoever sees one site only. */
  readonly site: Site | undefined;
}

function ClashRow({ placed, clash, site }: Sited & { readonly placed: Undecided; readonly clash: Clash }) {
  const { t } = useTexts();
  const { fieldLabelAt, recordTypeLabel } = useLabels();
  const { record } = placed.entry;
  const { type } = record;
  const told = useRivals().sidesOf(record, clash);
  const question = fieldLabelAt(sectionOf(type), clash.unit.path);
  return (
    <UndecidedRow
      {...placed}
      site={site}
      title={`${isRecordType(type) ? recordTypeLabel(type) : type}: ${question}`}
      mark={t("today.twoVersions")}
      told={told.map(({ side, ...words }) => ({ id: side.id, ...words }))}
    />
  );
}

function ForkRow({ file, fork, site }: Sited & { readonly file: CaseFile; readonly fork: Fork }) {
  const { t } = useTexts();
  const told = useRivals().stepsOf(file, fork);
  return (
    <UndecidedRow
      entry={file.entry}
      caseId={file.case.id}
      code={file.case.code}
      site={site}
      title={t(`case.axis.${fork.axis === "status" ? "legal" : "care"}`)}
      mark={t("today.twoSteps")}
      told={told.map(({ step, ...words }) => ({ id: step.id, ...words }))}
    />
  );
}

interface UndecidedRowProps extends Undecided, Sited {
  readonly title: string;
  readonly mark: string;
  readonly told: readonly (Told & { readonly id: string })[];
}

function UndecidedRow({ entry, caseId, code, site, title, mark, told }: UndecidedRowProps) {
  const { t, locale } = useTexts();
  return (
    <Row
      record={entry.record.id}
      state={entry.sync.state}
      title={title}
      detail={
        <>
          <span className="cluster">
            <span className="numeric">{code}</span>
            {site ? <span>{site.names[locale]}</span> : null}
          </span>
          <ul className="rivals">
            {told.map(({ id, ...words }) => (
              <li key={id}>{t("case.clash.wrote", words)}</li>
            ))}
          </ul>
        </>
      }
      aside={
        <Badge tone="due" icon={Split}>
          {mark}
        </Badge>
      }
      {...(caseId === undefined
        ? {}
        : {
            link: (content, className) => (
              <Link className={className} to={addressOf.case(caseId)}>
                {content}
              </Link>
            ),
          })}
    />
  );
}
