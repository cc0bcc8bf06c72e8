// The frame of the signed-in app: navigation at the bottom of a phone, at the side of a desktop, and a skip link.
import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { useTexts } from "#src/i18n/use-texts.ts";
import "./app-frame.css";

export interface NavigationEntry {
  readonly id: string;
  readonly label: string;
  readonly icon: LucideIcon;
  /** The next right thing to do, such as receiving somebody: stands out. */
  readonly prominent?: boolean;
  /** A count beside the word, such as what waits to be sent. */
  readonly count?: number | undefined;
  /** Draws the link; the router's own link sets `aria-current="page"` where it leads. */
  readonly link: (content: ReactNode, className: string) => ReactNode;
}

interface AppFrameProps {
  /** The neutral name of the app. */
  readonly name: string;
  /** At most five. */
  readonly navigation: readonly NavigationEntry[];
  /** At the top right: the state of the exchange, cover, lock. */
  readonly status: ReactNode;
  readonly children: ReactNode;
}

export function AppFrame({ name, navigation, status, children }: AppFrameProps) {
  const { t } = useTexts();
  return (
    <div className="frame">
      <a className="skip-link" href="#main">
        {t("ui.skipToContent")}
      </a>
      <header className="frame-top">
        <span className="frame-name">{name}</span>
        <div className="frame-status">{status}</div>
      </header>
      <nav className="frame-nav" aria-label={t("ui.navigation")}>
        {navigation.map((entry) => (
          <NavigationLink key={entry.id} entry={entry} />
        ))}
      </nav>
      <main className="frame-main" id="main" tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}

function NavigationLink({ entry }: { readonly entry: NavigationEntry }) {
  const { icon: Icon, label, count, prominent } = entry;
  const content = (
    <>
      <span className="nav-icon">
        <Icon aria-hidden className="icon" />
        {count ? <span className="nav-count">{count}</span> : null}
      </span>
      <span className="nav-label">{label}</span>
    </>
  );
  return entry.link(content, prominent ? "nav-link nav-link-prominent" : "nav-link");
}
