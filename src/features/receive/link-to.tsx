// A row's link, for the `link` of `Row`.
import type { ReactNode } from "react";
import { Link } from "react-router";

export const linkTo =
  (to: string, replace = false) =>
  (content: ReactNode, className: string) => (
    <Link className={className} to={to} replace={replace}>
      {content}
    </Link>
  );
