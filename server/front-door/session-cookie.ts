// The one cookie of the product, on its way in and out.

const COOKIE = /(?:^|;)\s*AuthSession="?([^;"\s]+)"?/;

/** `AuthSession=…` out of a `Cookie` header; undefined where there is none. Other cookies are nobody's business. */
export function sessionCookie(header: string | null): string | undefined {
  const value = COOKIE.exec(header ?? "")?.[1];
  return value === undefined ? undefined : `AuthSession=${value}`;
}

/** Who the cookie says it belongs to; only its maker can tell whether that is true. */
export function claimedName(cookie: string | undefined): string | undefined {
  if (cookie === undefined) return undefined;
  const text = Buffer.from(cookie.slice("AuthSession=".length), "base64url").toString("utf8");
  const name = text.split(":")[0];
  return name === "" || !text.includes(":") ? undefined : name;
}

/**
 * A session cookie of the record store as the browser shall keep it: for `/db` and `/api` alike, out of reach of
 * scripts, never sent from another site, and never in the clear where there is TLS in front.
 * @returns undefined for any other cookie
 */
export function strictCookie(setCookie: string, secure: boolean): string | undefined {
  const [pair = "", ...attributes] = setCookie.split(";").map((part) => part.trim());
  if (!pair.startsWith("AuthSession=")) return undefined;
  const lifetime = attributes.filter((attribute) => /^(max-age|expires)=/i.test(attribute));
  return [pair, ...lifetime, "Path=/", "HttpOnly", "SameSite=Strict", ...(secure ? ["Secure"] : [])].join(
    "; ",
  );
}
