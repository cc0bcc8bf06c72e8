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
            <ClashRow placed={placed} clash={clash} sited={sited} />
          </AtItsSite>
        ))}
        {forks.map(({ file, fork }) => (
          <AtItsSite key={fork.steps.map(({ id }) => id).join(" ")} of={file}>
            <ForkRow file={file} fork={fork} sited={sited} />
          </AtItsSite>
        ))}
      </Rows>
    </Sheet>
  );
}

const siteIdOf = (entry: Entry): string => parseDatabase(entry.database)?.siteId ?? "";

/** Days and times are those of the place. */
function AtItsSite({
  of,
  children,
}: {
  readonly of: Pick<Undecided, "entry">;
  readonly children: ReactNode;
}) {
  const siteId = siteIdOf(of.entry);
  return (
    <SitePlace siteId={siteId} site={useQuery(oneSite, siteId)}>
      {children}
    </SitePlace>
  );
}

const useRivals = () => {
  const { account, store } = useWork().profile;
  return useRivalWords({ read: store.read, nameOf: displayNameOf }, account.name);
};

function ClashRow({
  placed,
  clash,
  sited,
}: ClashesProps & { readonly placed: Undecided; readonly clash: Clash }) {
  const { t } = useTexts();
  const { fieldLabelAt, recordTypeLabel } = useLabels();
  const { record } = placed.entry;
  const { type } = record;
  const told = useRivals().sidesOf(record, clash);
  const question = fieldLabelAt(sectionOf(type), clash.unit.path);
  return (
    <UndecidedRow
      {...placed}
      sited={sited}
      title={`${isRecordType(type) ? recordTypeLabel(type) : type}: ${question}`}
      mark={t("today.twoVersions")}
      told={told.map(({ side, ...words }) => ({ id: side.id, ...words }))}
    />
  );
}

function ForkRow({ file, fork, sited }: ClashesProps & { readonly file: CaseFile; readonly fork: Fork }) {
  const { t } = useTexts();
  const told = useRivals().stepsOf(file, fork);
  return (
    <UndecidedRow
      entry={file.entry}
      caseId={file.case.id}
      code={file.case.code}
      sited={sited}
      title={t(`case.axis.${fork.axis === "status" ? "legal" : "care"}`)}
      mark={t("today.twoSteps")}
      told={told.map(({ step, ...words }) => ({ id: step.id, ...words }))}
    />
  );
}

interface UndecidedRowProps extends Undecided, ClashesProps {
  readonly title: string;
  readonly mark: string;
  readonly told: readonly (Told & { readonly id: string })[];
}

function UndecidedRow({ entry, caseId, code, sited, title, mark, told }: UndecidedRowProps) {
  const { t, locale } = useTexts();
  const site = useQuery(oneSite, siteIdOf(entry));
  return (
    <Row
      record={entry.record.id}
      state={entry.sync.state}
      title={title}
      detail={
        <>
          <span className="cluster">
            <span className="numeric">{code}</span>
            {sited && site ? <span>{site.names[locale]}</span> : null}
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
