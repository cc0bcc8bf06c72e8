// List and detail: side by side where there is width, else one at a time.
import type { ReactNode } from "react";
import "./master-detail.css";

interface MasterDetailProps {
  readonly list: ReactNode;
  /** Undefined: nothing is chosen; a narrow screen then shows the list. */
  readonly detail?: ReactNode | undefined;
  /** Shown beside the list while nothing is chosen. */
  readonly placeholder?: ReactNode;
}

export function MasterDetail({ list, detail, placeholder }: MasterDetailProps) {
  return (
    <div className={detail ? "master-detail master-detail-open" : "master-detail"}>
      <div className="master">{list}</div>
      <div className="detail">{detail ?? placeholder}</div>
    </div>
  );
}
