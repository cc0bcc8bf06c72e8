// A sheet of paper on the ground: what belongs together, with an optional heading and something at its end.
import type { ReactNode } from "react";
import "./sheet.css";

interface SheetProps {
  readonly title?: string;
  /** Heading level; the page's own heading is 1. */
  readonly level?: 2 | 3;
  /** Beside the heading: a state, a small button. */
  readonly aside?: ReactNode;
  /** `due` and `urgent` mark the edge; the words must say it too. */
  readonly tone?: "plain" | "due" | "urgent";
  readonly children: ReactNode;
}

export function Sheet({ title, level = 2, aside, tone = "plain", children }: SheetProps) {
  const Heading = level === 2 ? "h2" : "h3";
  return (
    <section className={`sheet sheet-${tone}`}>
      {title ? (
        <div className="sheet-head">
          <Heading className="sheet-title">{title}</Heading>
          {aside}
        </div>
      ) : null}
      {children}
    </section>
  );
}

/** Rows of one kind below each other, divided by dotted lines; children are `<Row>`s. */
export function Rows({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <ul className="rows" aria-label={label}>
      {children}
    </ul>
  );
}

interface RowProps {
  /** Id of the record the row stands for. */
  readonly record?: string;
  readonly state?: "local" | "sent" | "central" | "refused";
  readonly title: ReactNode;
  readonly detail?: ReactNode;
  readonly aside?: ReactNode;
  /** The row's one link: the whole row is its target. */
  readonly link?: (content: ReactNode, className: string) => ReactNode;
}

/** `link={(content, className) => <Link className={className} to={...}>{content}</Link>}` */
export function Row({ record, state, title, detail, aside, link }: RowProps) {
  return (
    <li className="row" data-record={record} data-state={state}>
      <div className="row-main">
        <div className="row-title">{link ? link(title, "row-link") : title}</div>
        {detail ? <div className="row-detail">{detail}</div> : null}
      </div>
      {aside ? <div className="row-aside">{aside}</div> : null}
    </li>
  );
}
