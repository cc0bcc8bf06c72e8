// A browser that cannot keep records safely: why, and how to open the app in one that can.
import { useTexts } from "#src/i18n/use-texts.ts";
import { LanguageChoice } from "#src/ui/language-choice.tsx";
import { LinkButton } from "#src/ui/button.tsx";
import { type BrowserFault, minimumVersions } from "./browser-check.ts";
import { useNeutralTitle } from "./neutral-title.ts";

export function BrowserFaultScreen({ fault }: { readonly fault: BrowserFault }) {
  const { t } = useTexts();
  useNeutralTitle();
  const { chrome, firefox, safari } = minimumVersions;
  return (
    <main className="page stack" id="main">
      <LanguageChoice />
      <h1>{t("browser.title")}</h1>
      <p>{t(`browser.${fault}`)}</p>
      <LinkButton variant="primary" wide href={openInChrome()}>
        {t("browser.open")}
      </LinkButton>
      <p>{t("browser.byHand", { address: location.origin })}</p>
      <p className="quiet">{t("browser.versions", { chrome, firefox, safari })}</p>
    </main>
  );
}

/** An Android intent opens Chrome from inside another app's browser; elsewhere the plain address. */
function openInChrome(): string {
  const { host, protocol, origin } = location;
  return /Android/i.test(navigator.userAgent)
    ? `intent://${host}/#Intent;scheme=${protocol.slice(0, -1)};package=com.android.chrome;end`
    : `${origin}/`;
}
