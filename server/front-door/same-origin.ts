// Whether a request that changes something was made by our own page, or by no page at all.

const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * False for a changing request that a page of another origin makes (W3C Fetch Metadata; `Origin` where a browser
 * does not send that). Programs that are no browser send neither and pass: they hold no cookie they were not given.
 */
export function isOwnRequest(request: Request): boolean {
  if (SAFE_METHODS.has(request.method)) return true;
  const site = request.headers.get("sec-fetch-site");
  if (site !== null) return site === "same-origin" || site === "none";
  const origin = request.headers.get("origin");
  if (origin === null) return true;
  const host = request.headers.get("host") ?? new URL(request.url).host;
  return URL.canParse(origin) && new URL(origin).host === host;
}
