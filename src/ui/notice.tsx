// A message that stays in its place: what happened, what it means, what to do.
import { CircleCheck, Clock, Info, type LucideIcon, Siren } from "lucide-react";
import type { ReactNode } from "react";
import type { MessageKey } from "#src/i18n/message-key.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import "./notice.css";

export type Tone = "info" | "due" | "urgent" | "ok";

const icons: Readonly<Record<Tone, LucideIcon>> = { info: Info, due: Clock, urgent: Siren, ok: CircleCheck };
const words: Readonly<Record<Tone, MessageKey>> = {
  info: "ui.tone.info",
  due: "ui.tone.due",
  urgent: "ui.tone.urgent",
  ok: "ui.tone.ok",
};

interface NoticeProps {
  readonly tone: Tone;
  /** Default: the tone's own word, such as "Khẩn cấp". */
  readonly title?: string;
  readonly children?: ReactNode;
  /** What to do: a button or two. */
  readonly actions?: ReactNode;
  /** Appeared just now and must be read out. */
  readonly announce?: boolean;
}

export function Notice({ tone, title, children, actions, announce }: NoticeProps) {
  const { t } = useTexts();
  const Icon = icons[tone];
  const role = announce ? (tone === "urgent" ? "alert" : "status") : undefined;
  return (
    <div className={`notice notice-${tone}`} role={role}>
      <Icon aria-hidden className="icon notice-icon" />
      <div className="notice-body">
        <p className="notice-title">{title ?? t(words[tone])}</p>
        {children ? <div>{children}</div> : null}
        {actions ? <div className="notice-actions">{actions}</div> : null}
      </div>
    </div>
  );
}
