// The headers that stand on every answer, errors included.

const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' blob:",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types default",
].join("; ");

/** For answers that are no part of the app: an attachment opened as a page runs nothing and is nobody's origin. */
const POLICY_OF_DATA = `${CONTENT_SECURITY_POLICY}; sandbox`;

const DENIED_FEATURES = [
  "accelerometer",
  "camera",
  "display-capture",
  "geolocation",
  "gyroscope",
  "magnetometer",
  "microphone",
  "midi",
  "payment",
  "usb",
];

const ALWAYS: Readonly<Record<string, string>> = {
  "Content-Security-Policy": CONTENT_SECURITY_POLICY,
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Permissions-Policy": DENIED_FEATURES.map((feature) => `${feature}=()`).join(", "),
};

/**
 * The same answer with the headers of every answer.
 * @param options.secure there is TLS in front
 * @param options.store whether it belongs to the app and a cache may keep it, as its own headers say; otherwise nobody may
 */
export function withHeaders(
  response: Response,
  body: ReadableStream<Uint8Array> | null,
  options: { secure: boolean; store: boolean },
): Response {
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(ALWAYS)) headers.set(name, value);
  if (options.secure) headers.set("Strict-Transport-Security", "max-age=31536000");
  if (!options.store) {
    headers.set("Cache-Control", "no-store");
    headers.set("Content-Security-Policy", POLICY_OF_DATA);
  }
  return new Response(body, { status: response.status, headers });
}

/** `{error, reason}` as CouchDB writes it, so that a client reads refusals of both in one way. */
export function refuse(status: number, error: string, reason: string): Response {
  return Response.json({ error, reason }, { status });
}
