// One HTTP request with all that a check wants to know of its answer; Node alone, no packages.
import { request as requestPlain } from "node:http";
import { request as requestTls } from "node:https";

/**
 * @typedef {{ status: number, headers: Record<string, string>, cookies: readonly string[], text: string,
 *   certificate: { validTo: Date, issuer: string } | undefined, protocol: string | undefined }} Answer
 * @typedef {{ method?: string, headers?: Record<string, string>, body?: string, ca?: string | undefined,
 *   maxVersion?: "TLSv1.1" | "TLSv1.2", minVersion?: "TLSv1", servername?: string,
 *   timeoutMs?: number }} Ask
 */

const TIMEOUT_MS = 20_000;

/**
 * Follows no redirect.
 * @param {string} url
 * @param {Ask} [ask] `ca`: PEM text of an authority of one's own
 * @returns {Promise<Answer>} rejects where there is no answer: refused, timed out, or not trusted
 */
export function ask(url, { method = "GET", headers = {}, body, ca, timeoutMs = TIMEOUT_MS, ...tls } = {}) {
  const isTls = url.startsWith("https:");
  const options = { method, headers, ...(isTls ? { ...tls, ...(ca === undefined ? {} : { ca }) } : {}) };
  return new Promise((resolve, reject) => {
    const outgoing = (isTls ? requestTls : requestPlain)(url, { ...options, agent: false }, (incoming) => {
      /** @type {Buffer[]} */
      const chunks = [];
      const socket = /** @type {import("node:tls").TLSSocket} */ (incoming.socket);
      const peer = isTls ? socket.getPeerCertificate() : undefined;
      const protocol = isTls ? (socket.getProtocol() ?? undefined) : undefined;
      incoming.on("data", (chunk) => chunks.push(chunk));
      incoming.on("error", reject);
      incoming.on("end", () => {
        const { "set-cookie": cookies = [], ...rest } = incoming.headers;
        resolve({
          status: incoming.statusCode ?? 0,
          headers: Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, String(value)])),
          cookies,
          text: Buffer.concat(chunks).toString("utf8"),
          certificate: peer && {
            validTo: new Date(peer.valid_to),
            issuer: peer.issuer.O || peer.issuer.CN,
          },
          protocol,
        });
      });
    });
    outgoing.setTimeout(timeoutMs, () => outgoing.destroy(new Error("no answer in time")));
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

/**
 * Signs in to a CouchDB, or to the service's `/db`, with the name and password in the address.
 * @param {string} address `http://user:password@host:5984`
 * @param {string} [ca] PEM text
 * @returns {Promise<{ base: string, get: (path: string) => Promise<{ status: number, body: any }>,
 *   send: (method: string, path: string, body: unknown) => Promise<{ status: number, body: any }> }>}
 *   rejects where that fails, in words for a person
 */
export async function signIn(address, ca) {
  const url = new URL(address);
  const [name, password] = [decodeURIComponent(url.username), decodeURIComponent(url.password)];
  url.username = "";
  url.password = "";
  const base = url.href.replace(/\/$/, "");
  const signed = await ask(`${base}/_session`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ name, password }),
    ca,
  });
  if (signed.status !== 200)
    throw new Error(
      `${base} answers ${signed.status} to the sign-in of "${name}": ${signed.text.slice(0, 200)}`,
    );
  const cookie = signed.cookies.map((line) => line.split(";")[0]).join("; ");
  /** @param {string} method @param {string} path @param {unknown} [body] */
  const send = async (method, path, body) => {
    const json = body === undefined ? {} : { body: JSON.stringify(body) };
    const headers = { cookie, accept: "application/json", "content-type": "application/json" };
    const answer = await ask(`${base}${path}`, { method, headers, ca, ...json });
    return { status: answer.status, body: parse(answer.text) };
  };
  return { base, get: (path) => send("GET", path), send };
}

/** @param {string} text @returns {any} undefined for what is not JSON */
export function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
