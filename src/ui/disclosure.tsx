// More of the same, hidden until it is asked for.
import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import "./disclosure.css";

interface DisclosureProps {
  readonly summary: ReactNode;
  readonly open?: boolean;
  readonly children: ReactNode;
}

export function Disclosure({ summary, open, children }: DisclosureProps) {
  return (
    <details className="disclosure" open={open}>
      <summary className="disclosure-summary">
        <ChevronRight aria-hidden className="icon disclosure-mark" />
        <span>{summary}</span>
      </summary>
      <div className="disclosure-body">{children}</div>
    </details>
  );
}
