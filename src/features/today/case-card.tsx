// One case on Today: whose it is, and everything that is to be done about it.
import type { ReactNode } from "react";
import { Link } from "react-router";
import { useTexts } from "#src/i18n/use-texts.ts";
import { addressOf } from "#src/ui/addresses.ts";
import { MaskedName } from "#src/ui/masked-name.tsx";
import { nameOfTask } from "#src/domain/tasks/turn.ts";
import type { DueCase } from "./case-groups.ts";
import { FlagRow, TaskRow } from "./task-row.tsx";
import "./case-card.css";

interface CaseCardProps {
  readonly due: DueCase;
  /** For whoever sees more than one site. */
  readonly sited: boolean;
}

export function CaseCard({ due, sited }: CaseCardProps) {
  const { locale } = useTexts();
  const { file, flags, tasks } = due;
  const { id, code } = file.case;
  const name = file.person?.record.displayName;
  const link = (content: ReactNode) => (
    <Link className="today-link" to={addressOf.case(id)}>
      {content}
    </Link>
  );
  return (
    <li className="today-case" data-record={id} data-state={file.entry.sync.state}>
      <div className="cluster today-who">
        {name === undefined ? (
          link(<span className="numeric">{code}</span>)
        ) : (
          <>
            <MaskedName name={name} link={link} />
            <span className="quiet numeric">{code}</span>
          </>
        )}
        {sited && file.site ? <span className="quiet">{file.site.names[locale]}</span> : null}
      </div>
      <ul className="today-tasks" aria-label={code}>
        {flags.map((open) => (
          <FlagRow key={`${open.raisedBy.id} ${open.flag}`} file={file} open={open} />
        ))}
        {tasks.map((turned) => (
          <TaskRow key={nameOfTask(turned.task)} turned={turned} />
        ))}
      </ul>
    </li>
  );
}
