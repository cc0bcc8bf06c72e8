// The buttons: one primary per screen, the next right action.
import type { LucideIcon } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import "./button.css";

/** Stable handles of buttons, part of the public interface (docs/interface.md). */
export type Action =
  | "save"
  | "next"
  | "back"
  | "skip"
  | "stop"
  | "lock"
  | "cover"
  | "sync"
  | "receive"
  | "visit"
  | (string & {});

interface ButtonProps extends Omit<ComponentProps<"button">, "className" | "type"> {
  readonly variant?: "primary" | "secondary" | "quiet" | "danger";
  /** The whole width of its container. */
  readonly wide?: boolean;
  readonly type?: "button" | "submit";
  readonly action?: Action;
  readonly icon?: LucideIcon;
  /** Something is under way: pressed again it does nothing, and it says so to screen readers. */
  readonly busy?: boolean;
  readonly children: ReactNode;
}

export function Button(props: ButtonProps) {
  const {
    variant = "secondary",
    wide,
    type = "button",
    action,
    icon: Icon,
    busy,
    children,
    onClick,
    ...rest
  } = props;
  return (
    <button
      {...rest}
      type={type === "submit" ? "submit" : "button"}
      className={`button button-${variant}${wide ? " button-wide" : ""}`}
      data-action={action}
      aria-disabled={busy ? true : undefined}
      onClick={(event) => {
        if (busy) event.preventDefault();
        else onClick?.(event);
      }}
    >
      {Icon ? <Icon aria-hidden className="icon" /> : null}
      <span>{children}</span>
    </button>
  );
}

interface LinkButtonProps extends Omit<ComponentProps<"a">, "className"> {
  readonly variant?: "primary" | "secondary" | "quiet";
  readonly wide?: boolean;
  readonly action?: Action;
  readonly icon?: LucideIcon;
  readonly children: ReactNode;
}

/** The class for a router's own link that is to look like a button. */
export const buttonClass = (variant: "primary" | "secondary" | "quiet" = "secondary", wide = false) =>
  `button button-${variant}${wide ? " button-wide" : ""}`;

/** An address that looks like a button. */
export function LinkButton({ variant, wide, action, icon: Icon, children, ...rest }: LinkButtonProps) {
  return (
    <a {...rest} className={buttonClass(variant, wide)} data-action={action}>
      {Icon ? <Icon aria-hidden className="icon" /> : null}
      <span>{children}</span>
    </a>
  );
}
