// The head of a page: where it leads back to, what it is, what can be done here.
import type { ReactNode } from "react";
import "./page-header.css";

interface PageHeaderProps {
  readonly title: string;
  /** A line below the title: dates, code, state. */
  readonly detail?: ReactNode;
  /** A link back, such as to the list. */
  readonly back?: ReactNode;
  readonly actions?: ReactNode;
}

export function PageHeader({ title, detail, back, actions }: PageHeaderProps) {
  return (
    <header className="page-header">
      {back ? <div className="page-back">{back}</div> : null}
      <div className="page-head">
        <h1 className="page-title" tabIndex={-1}>
          {title}
        </h1>
        {actions ? <div className="page-actions">{actions}</div> : null}
      </div>
      {detail ? <div className="page-detail">{detail}</div> : null}
    </header>
  );
}
