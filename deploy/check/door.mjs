// What a phone meets from outside: TLS, headers, and that nobody gets in without signing in.
import { ask, parse } from "./ask.mjs";

const DAY_MS = 86_400_000;
const LEAST_DAYS = 14;
const YEAR_SECONDS = 31_536_000;

/**
 * @typedef {{ url: string, http: string, ca?: string | undefined,
 *   account?: { name: string, password: string } | undefined }} Door
 * @param {import("./report.mjs").Report} report
 * @param {Door} door `http`: the address without TLS
 */
export async function checkDoor(report, door) {
  report.section(`From outside: ${door.url}`);
  if (!(await checkTls(report, door))) return;
  await checkHeaders(report, door);
  await checkClosed(report, door);
  await checkSession(report, door);
}

/** @param {import("./report.mjs").Report} report @param {Door} door */
async function checkTls(report, { url, http, ca }) {
  let page;
  try {
    page = await ask(url, { ca });
  } catch (error) {
    report.wrong(
      `no trusted answer (${error instanceof Error ? error.message : "unknown"})`,
      "is Caddy running, does the name lead to this machine, is the certificate of an authority that phones trust?",
    );
    return false;
  }
  report.judge(
    page.status === 200,
    "the app answers",
    `status ${page.status}: look at the log of the service`,
  );
  const days = Math.floor(((page.certificate?.validTo.getTime() ?? 0) - Date.now()) / DAY_MS);
  if (days >= LEAST_DAYS) report.ok(`certificate of ${page.certificate?.issuer}, ${days} more days`);
  else if (days >= 0)
    report.look(
      `the certificate ends in ${days} days`,
      "certificates of Caddy's own authority are short and renewed by it; others renew by hand",
    );
  else report.wrong("the certificate has ended", "renew it");
  report.judge(/^TLSv1\.[23]$/.test(page.protocol ?? ""), `speaks ${page.protocol}`, "update Caddy");
  const old = await ask(url, { ca, minVersion: "TLSv1", maxVersion: "TLSv1.1" }).catch(() => undefined);
  report.judge(
    old === undefined,
    "TLS 1.1 and older are refused",
    "leave the protocols of Caddy as they are",
  );
  try {
    const plain = await ask(http);
    const leads =
      [301, 302, 307, 308].includes(plain.status) && (plain.headers["location"] ?? "").startsWith("https:");
    report.judge(
      leads,
      "without TLS one is only led to TLS",
      `${http} answers ${plain.status}: nothing else may listen there`,
    );
  } catch {
    report.ok("without TLS nothing answers");
  }
  return true;
}

/** @param {import("./report.mjs").Report} report @param {Door} door */
async function checkHeaders(report, { url, ca }) {
  const { headers } = await ask(url, { ca });
  const [, age = "0"] = /max-age=(\d+)/.exec(headers["strict-transport-security"] ?? "") ?? [];
  report.judge(
    Number(age) >= YEAR_SECONDS,
    "browsers are told to use TLS only, for a year",
    "the proxy must set X-Forwarded-Proto: https; then the service sends Strict-Transport-Security",
  );
  const policy = headers["content-security-policy"] ?? "";
  report.judge(
    policy.includes("default-src 'none'") &&
      !/unsafe-(inline|eval)'/.test(policy.replaceAll("'wasm-unsafe-eval'", "")),
    "the strict content security policy reaches the browser",
    "the proxy must pass the service's headers on unchanged",
  );
  for (const [name, value] of [
    ["x-content-type-options", "nosniff"],
    ["referrer-policy", "no-referrer"],
    ["cross-origin-opener-policy", "same-origin"],
  ])
    report.judge(headers[name ?? ""] === value, `${name}: ${value}`, "the proxy must pass it on");
  const health = await ask(`${url}/api/health`, { ca });
  report.judge(
    health.status === 200,
    "the service says that all is well",
    "the record store does not answer it",
  );
  report.judge(
    health.headers["cache-control"] === "no-store",
    "no cache keeps answers of the service",
    "the proxy must pass Cache-Control on",
  );
}

/** @param {import("./report.mjs").Report} report @param {Door} door */
async function checkClosed(report, { url, ca }) {
  for (const [path, allowed] of /** @type {const} */ ([
    ["/db/_all_dbs", [401, 403]],
    ["/db/directory/_all_docs", [401, 403]],
    ["/db/_users/_all_docs", [401, 403]],
    ["/db/neo-ve/_all_docs", [401, 403, 404]],
    ["/db/_node/_local/_config", [404]],
    ["/db/_utils/", [404]],
    ["/db/_replicator", [404]],
  ])) {
    const { status } = await ask(`${url}${path}`, { ca });
    report.judge(
      allowed.some((each) => each === status),
      `${path} is closed to strangers (${status})`,
      "nothing but the service may stand behind the proxy, and CouchDB must want a valid user",
    );
  }
  const foreign = await ask(`${url}/db/_session`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      origin: "https://elsewhere.invalid",
      "sec-fetch-site": "cross-site",
    },
    body: JSON.stringify({ name: "nobody", password: "nothing" }),
    ca,
  });
  report.judge(
    foreign.status === 403,
    "a page of another site may not sign anybody in",
    "the proxy must pass Origin and Sec-Fetch-Site on",
  );
  const large = await ask(`${url}/db/_session`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: "x".repeat(2_500_000),
    ca,
  }).catch(() => undefined);
  report.judge(
    large === undefined || large.status === 413,
    "a request that is too large is refused",
    "leave the limits as they are",
  );
}

/** @param {import("./report.mjs").Report} report @param {Door} door */
async function checkSession(report, { url, ca, account }) {
  if (account === undefined) {
    report.look(
      "sessions were not looked at",
      "give an account: --account NAME and its password in CHECK_PASSWORD",
    );
    return;
  }
  const signed = await ask(`${url}/db/_session`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(account),
    ca,
  });
  if (signed.status !== 200) {
    report.wrong(
      `${account.name} cannot sign in (${signed.status})`,
      "is the password right, or the account locked for five minutes?",
    );
    return;
  }
  const [cookie = ""] = signed.cookies;
  for (const flag of ["Secure", "HttpOnly", "SameSite=Strict"])
    report.judge(
      cookie.split("; ").includes(flag),
      `the session's cookie is ${flag}`,
      flag === "Secure" ? "the proxy must set X-Forwarded-Proto: https" : "the proxy must pass Set-Cookie on",
    );
  const headers = { cookie: cookie.split(";")[0] ?? "" };
  const session = await ask(`${url}/api/session`, { headers, ca });
  report.judge(
    parse(session.text)?.name === account.name,
    "the session is known again",
    "do several services share one secret?",
  );
  const users = await ask(`${url}/db/_users/_all_docs`, { headers, ca });
  report.judge(
    users.status === 401 || users.status === 403,
    "accounts are closed to people who are signed in",
    "look at [chttpd_auth] users_db_public",
  );
  const waited = Date.now();
  const poll = await ask(`${url}/db/directory/_changes?feed=longpoll&since=now&timeout=3000`, {
    headers,
    ca,
  });
  report.judge(
    poll.status === 200 && Date.now() - waited >= 2_500,
    "a request that waits for changes is held open",
    "the proxy must not cut off or buffer answers",
  );
}
