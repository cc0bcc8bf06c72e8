// A state in shape, word and colour, small enough for a row.
import {
  CircleAlert,
  CircleCheckBig,
  Clock,
  CloudUpload,
  type LucideIcon,
  Siren,
  Smartphone,
  TriangleAlert,
} from "lucide-react";
import type { ReactNode } from "react";
import type { SyncState } from "#src/domain/ports/store.ts";
import { useFormats } from "#src/i18n/format.ts";
import type { MessageKey } from "#src/i18n/message-key.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import "./badge.css";

interface BadgeProps {
  readonly tone?: "plain" | "accent" | "due" | "urgent";
  readonly icon?: LucideIcon;
  readonly children: ReactNode;
}

export function Badge({ tone = "plain", icon: Icon, children }: BadgeProps) {
  return (
    <span className={`badge badge-${tone}`}>
      {Icon ? <Icon aria-hidden className="icon" /> : null}
      <span>{children}</span>
    </span>
  );
}

const sync: Readonly<
  Record<SyncState["state"], { icon: LucideIcon; text: MessageKey; tone: "plain" | "accent" | "due" }>
> = {
  local: { icon: Smartphone, text: "ui.sync.local", tone: "plain" },
  sent: { icon: CloudUpload, text: "ui.sync.sent", tone: "plain" },
  central: { icon: CircleCheckBig, text: "ui.sync.central", tone: "accent" },
  refused: { icon: TriangleAlert, text: "ui.sync.refused", tone: "due" },
};

/** Where a record is on its way to the centre. */
export function SyncMark({ state }: { readonly state: SyncState["state"] }) {
  const { t } = useTexts();
  const { icon, text, tone } = sync[state];
  return (
    <span data-state={state}>
      <Badge tone={tone} icon={icon}>
        {t(text)}
      </Badge>
    </span>
  );
}

/** A term by its last day: "còn 3 ngày", "quá hạn 2 ngày". `soon`: within the days of warning. */
export function DueMark({
  date,
  state,
}: {
  readonly date: string;
  readonly state: "calm" | "soon" | "overdue";
}) {
  const { dueIn } = useFormats();
  const tone = state === "calm" ? "plain" : "due";
  return (
    <Badge tone={tone} icon={state === "overdue" ? CircleAlert : Clock}>
      {dueIn(date)}
    </Badge>
  );
}

/** A person is in danger: the only use of brick red. */
export function UrgentMark({ children }: { readonly children: ReactNode }) {
  return (
    <Badge tone="urgent" icon={Siren}>
      {children}
    </Badge>
  );
}
