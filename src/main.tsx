// Puts the product together: the only file that sees everything.
import "#src/ui/look.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "#src/app/app.tsx";
import { browserFault } from "#src/app/browser-check.ts";
import { BrowserFaultScreen } from "#src/app/browser-fault-screen.tsx";
import { ErrorBoundary } from "#src/app/error-boundary.tsx";
import { createSessionState } from "#src/app/session-state.ts";
import { paths } from "#src/ui/addresses.ts";
import { applyTheme } from "#src/ui/theme.ts";
import { installTrustedTypes } from "#src/app/trusted-types.ts";
import { serviceWorkerAddress, watchUpdates } from "#src/app/update.ts";
import type { Surroundings } from "#src/domain/ports/surroundings.ts";
import { setUpTexts } from "#src/i18n/texts.ts";
import { createBrowserVault, passphraseWorkerAddress } from "#src/storage/browser-vault.ts";
import type { OpenSealedProfile } from "#src/storage/session.ts";
import { browserNetwork } from "#src/sync/browser-network.ts";
import { createExchange } from "#src/sync/exchange.ts";
import { createSignIn } from "#src/sync/sign-in.ts";

installTrustedTypes([serviceWorkerAddress, passphraseWorkerAddress]);

const surroundings: Surroundings = {
  now: () => Date.now(),
  randomBytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
};
const endpoint = "/db";
const frontDoor = "/api";
const leave = (address: string) => location.replace(address);

async function start(root: HTMLElement): Promise<void> {
  applyTheme();
  const [fault] = await Promise.all([browserFault(), setUpTexts()]);
  if (fault) {
    createRoot(root).render(<BrowserFaultScreen fault={fault} />);
    return;
  }
  if (import.meta.env.DEV && location.pathname === paths.gallery) {
    const { GalleryScreen } = await import("#src/features/gallery/gallery-screen.tsx");
    createRoot(root).render(<GalleryScreen />);
    return;
  }
  const vault = createBrowserVault(surroundings);
  const signIn = createSignIn({ base: endpoint, api: frontDoor, fetch: (url, init) => fetch(url, init) });
  const session = createSessionState<OpenSealedProfile>({
    vault,
    surroundings,
    startExchange: (profile) =>
      createExchange({
        replica: profile.store,
        read: profile.store.read,
        account: profile.account,
        base: endpoint,
        frontDoor: {
          base: frontDoor,
          device: profile.device,
          appVersion: import.meta.env.APP_VERSION,
          keys: profile.keys,
          recoveryRecipient: profile.recoveryRecipient,
          onDeviceTaken: () => void vault.becomeAnotherDevice(),
        },
        fetch: (url, init) => fetch(url, init),
        surroundings,
        after: (delayMs, ring) => {
          const timer = setTimeout(ring, delayMs);
          return () => clearTimeout(timer);
        },
        network: browserNetwork,
        // The account as it is by then: its password may have changed since. Should the roles not be kept, the next
        // sign-in brings them again.
        onRoles: (roles) => void vault.updateAccount({ ...profile.account, roles }),
        onBug: (error) => reportError(error),
      }),
  });
  createRoot(root).render(
    <StrictMode>
      <ErrorBoundary onFault={() => void session.close()} leave={leave}>
        <App session={session} vault={vault} signIn={signIn} updates={watchUpdates()} leave={leave} />
      </ErrorBoundary>
    </StrictMode>,
  );
}

const root = document.getElementById("root");
if (!root) throw new Error("the page has no root");
void start(root);
