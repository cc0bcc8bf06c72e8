// A screen with nothing on it yet says what to do first.
import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import "./empty-state.css";

interface EmptyStateProps {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
  /** Nothing else is on the screen: the title is its heading. */
  readonly alone?: boolean;
}

export function EmptyState({ icon: Icon, title, children, action, alone }: EmptyStateProps) {
  const Title = alone ? "h1" : "p";
  return (
    <div className="empty">
      <span className="empty-icon" aria-hidden>
        <Icon className="icon" />
      </span>
      <Title className="empty-title">{title}</Title>
      {children ? <div className="empty-text">{children}</div> : null}
      {action}
    </div>
  );
}
