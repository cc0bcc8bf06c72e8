// Whether this browser can keep records safely: new enough, its own window, storage that lasts.

/** What stands in the way; each is a text key `browser.<kind>`. */
export type BrowserFault = "inApp" | "tooOld" | "noStorage" | "insecure";

/** The oldest versions the product works with; named on the screen and in the README. */
export const minimumVersions = { chrome: 116, firefox: 128, safari: "17.4" } as const;

// Browsers inside other apps lose their storage with the app, and show the address bar to nobody.
const inAppMarks =
  /\b(FBAN|FBAV|FB_IAB|Instagram|Zalo|Line\/|MicroMessenger|TikTok|musical_ly|BytedanceWebview)/i;

export async function browserFault(): Promise<BrowserFault | undefined> {
  if (inAppMarks.test(navigator.userAgent)) return "inApp";
  if (!globalThis.isSecureContext) return "insecure";
  const able =
    typeof globalThis.crypto.subtle === "object" &&
    "locks" in navigator &&
    typeof WebAssembly === "object" &&
    typeof Array.prototype.toSorted === "function" &&
    typeof AbortSignal.any === "function";
  if (!able) return "tooOld";
  return (await canStore()) ? undefined : "noStorage";
}

/** Opens and drops a database: private windows of some browsers refuse only then. */
function canStore(): Promise<boolean> {
  return new Promise((resolve) => {
    try {
      const name = "probe";
      const opening = indexedDB.open(name);
      opening.addEventListener("success", () => {
        opening.result.close();
        indexedDB.deleteDatabase(name);
        resolve(true);
      });
      opening.addEventListener("error", () => resolve(false));
      opening.addEventListener("blocked", () => resolve(false));
    } catch {
      resolve(false);
    }
  });
}
