// Tries the TLS front for real: the built service with the demo, Debian's or anybody's `caddy` before it with a
// certificate of its own authority, both on 127.0.0.1; then looks at it as a phone would, and at what was logged.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { ask, parse } from "#deploy/check/ask.mjs";
import { openReport, summary } from "#deploy/check/report.mjs";

/** @param {string} line */
const print = (line) => process.stdout.write(`${line}\n`);

const version = spawnSync("caddy", ["version"], { encoding: "utf8" });
if (version.status !== 0) {
  print("There is no caddy on the PATH: apt-get install caddy, or see caddyserver.com. Nothing was tried.");
  process.exit(2);
}
const built = resolve("dist/server/main.js");
if (!existsSync(built)) {
  print("There is nothing built: npm run build. Nothing was tried.");
  process.exit(2);
}

const scratch = mkdtempSync(join(tmpdir(), "neo-ve-tls-"));
/** @type {import("node:child_process").ChildProcess[]} */
const running = [];

/** @returns {Promise<number>} */
async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address !== null ? address.port : 0;
}

/**
 * @param {string} command @param {readonly string[]} args @param {Record<string, string>} environment
 * @returns {{ log: () => string }}
 */
function start(command, args, environment) {
  let log = "";
  const child = spawn(command, args, {
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.push(child);
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk) => (log += chunk.toString("utf8")));
  child.once("exit", (code) => {
    if (!stopping) print(`${command} ended by itself (${code}):\n${log}`);
  });
  return { log: () => log };
}

let stopping = false;
async function stop() {
  stopping = true;
  for (const child of running.toReversed()) {
    if (child.exitCode !== null) continue;
    child.kill("SIGTERM");
    await once(child, "exit");
  }
  rmSync(scratch, { recursive: true, force: true });
}

/** @param {() => boolean | Promise<boolean>} ready @param {string} what */
async function until(ready, what) {
  const end = Date.now() + 60_000;
  while (!(await ready())) {
    if (Date.now() > end) throw new Error(`${what} did not come up`);
    await new Promise((passed) => setTimeout(passed, 200));
  }
}

const report = openReport(print);
try {
  const [door, https, http] = [await freePort(), await freePort(), await freePort()];
  const data = join(scratch, "data");
  const service = start(
    process.execPath,
    [built, "--port", String(door), "--data", data, "--trust-proxy"],
    {},
  );
  await until(() => service.log().includes("Ctrl+C"), "the service");
  mkdirSync(join(scratch, "caddy"));
  const settings = {
    NEO_VE_HOST: "localhost",
    NEO_VE_TLS: "internal",
    NEO_VE_BIND: "127.0.0.1",
    NEO_VE_HTTP_PORT: String(http),
    NEO_VE_HTTPS_PORT: String(https),
    NEO_VE_SERVICE: `127.0.0.1:${door}`,
    XDG_DATA_HOME: join(scratch, "caddy"),
    XDG_CONFIG_HOME: join(scratch, "caddy"),
  };
  const caddy = start(
    "caddy",
    ["run", "--config", resolve("deploy/tls/Caddyfile"), "--adapter", "caddyfile"],
    settings,
  );
  const root = join(scratch, "caddy", "caddy", "pki", "authorities", "local", "root.crt");
  const url = `https://localhost:${https}`;
  await until(async () => {
    if (!existsSync(root)) return false;
    return ask(`${url}/api/health`, { ca: readFileSync(root, "utf8") }).then(
      ({ status }) => status === 200,
      () => false,
    );
  }, "caddy");
  const ca = readFileSync(root, "utf8");
  print(`${version.stdout.trim()} at ${url}, the service behind it at port ${door}`);

  const [, name = "", password = ""] = /^ {2}(canbo-\S+) +(\S.*?) {3}/m.exec(service.log()) ?? [];
  await runCheck(
    [
      ...["--url", url, "--http", `http://localhost:${http}`, "--ca", root, "--account", name],
      ...["--store", operatorAddress(data, door)],
    ],
    password,
  );
  await tryOut({ url, ca, name, password, data, caddyLog: caddy.log, door });
} catch (error) {
  report.wrong(error instanceof Error ? error.message : "it could not be tried", "see above");
} finally {
  await stop();
}
print(`\n${summary(report.findings)} by trying`);
if (report.findings.some(({ grade }) => grade === "WRONG")) process.exitCode = 1;

/** @param {string} data @param {number} port */
function operatorAddress(data, port) {
  const { name, password } = JSON.parse(readFileSync(join(data, "admin.json"), "utf8"));
  return `http://${name}:${encodeURIComponent(password)}@127.0.0.1:${port}/db`;
}

/** @param {readonly string[]} args @param {string} password */
async function runCheck(args, password) {
  const child = spawn(process.execPath, [resolve("deploy/check/check.mjs"), ...args], {
    env: { ...process.env, CHECK_PASSWORD: password },
    stdio: "inherit",
  });
  const [code] = await once(child, "exit");
  report.section("By trying");
  report.judge(code === 0, "the check finds nothing wrong", "see above");
}

/**
 * What only somebody who may break things can find out.
 * @param {{ url: string, ca: string, name: string, password: string, data: string, caddyLog: () => string, door: number }} tried
 */
async function tryOut({ url, ca, name, password, data, caddyLog, door }) {
  const json = { "content-type": "application/json" };
  /** @param {string} word @param {Record<string, string>} [more] @param {string} [base] */
  const sign = (word, more = {}, base = url) =>
    ask(`${base}/db/_session`, {
      method: "POST",
      headers: { ...json, ...more },
      body: JSON.stringify({ name, password: word }),
      ca,
    });
  const cookie = ((await sign(password)).cookies[0] ?? "").split(";")[0] ?? "";

  const began = Date.now();
  const held = await ask(`${url}/db/directory/_changes?feed=longpoll&since=now&timeout=40000`, {
    headers: { cookie },
    ca,
    timeoutMs: 60_000,
  });
  const seconds = Math.round((Date.now() - began) / 1000);
  report.judge(
    held.status === 200 && seconds >= 39,
    `a long poll of ${seconds} s is not cut`,
    "timeouts in the Caddyfile",
  );

  const large = await ask(`${url}/db/directory/_bulk_docs`, {
    method: "POST",
    headers: { ...json, cookie },
    body: "x".repeat(2_700_000),
    ca,
  });
  report.judge(
    large.status === 413 && large.text.includes("too_large"),
    "2.7 MB are refused in the service's own words",
    `${large.status} ${large.text.slice(0, 80)}`,
  );

  // As CouchDB's replicator asks: it signs in at the root of the server, and encodes the ids of documents.
  const asHub = { headers: { ...json, host: "hubs.localhost" }, servername: "hubs.localhost", ca };
  const hub = await ask(`${url}/_session`, {
    ...asHub,
    method: "POST",
    body: JSON.stringify({ name, password }),
  });
  const hubCookie = (hub.cookies[0] ?? "").split(";")[0] ?? "";
  const listed = await ask(`${url}/directory/_all_docs?limit=1&key=%22site%3Avn-gso-48%22`, {
    ...asHub,
    headers: { ...asHub.headers, cookie: hubCookie },
  });
  const [row] = parse(listed.text)?.rows ?? [];
  const single = await ask(
    `${url}/directory/${encodeURIComponent(row?.id ?? "")}?revs=true&open_revs=%5B%22${row?.value?.rev}%22%5D`,
    {
      ...asHub,
      headers: { ...asHub.headers, cookie: hubCookie, accept: "application/json" },
    },
  );
  report.judge(
    hub.status === 200 && row?.id === "site:vn-gso-48" && single.status === 200,
    "a hub signs in at its own address and reads there",
    `${hub.status} ${listed.status} ${single.status}: the rewrite in sites/hubs.caddy`,
  );

  // A liar behind the proxy: what it claims in X-Forwarded-For must neither hide it nor lock out whom it names.
  for (let wrong = 0; wrong < 6; wrong++)
    await sign("a wrong password", { "x-forwarded-for": `203.0.113.${wrong}` });
  const locked = await sign(password);
  report.judge(
    locked.status === 403,
    "made-up addresses do not get round the lock-out",
    `${locked.status}: X-Forwarded-For must be made anew by the proxy`,
  );
  const elsewhere = await sign(password, { "x-forwarded-for": "203.0.113.250" }, `http://127.0.0.1:${door}`);
  report.judge(
    elsewhere.status === 200,
    "somebody at another address is not locked out with them",
    `${elsewhere.status}: is --trust-proxy set?`,
  );

  await ask(`${url}/db/directory/canary-in-path?rev=canary-in-query`, { headers: { cookie }, ca });
  stopping = true;
  const [service] = running;
  service?.kill("SIGTERM");
  if (service !== undefined) await once(service, "exit");
  const down = await ask(`${url}/db/directory/canary-in-path?rev=canary-in-query`, {
    headers: { cookie, "x-note": "canary-in-header" },
    ca,
  });
  report.judge(
    down.status === 502 &&
      down.headers["content-type"] === "application/json" &&
      down.headers["cache-control"] === "no-store",
    "while the service is down the proxy says so in JSON, for no cache",
    `${down.status} ${down.headers["content-type"]} ${down.text.slice(0, 80)}`,
  );
  await new Promise((passed) => setTimeout(passed, 500));
  const logged = caddyLog() + readFileSync(join(data, "access.log"), "utf8");
  report.judge(
    caddyLog().includes("502") || caddyLog().includes("refused"),
    "the proxy logs that the service was down",
    "the log level",
  );
  report.judge(
    !logged.includes("canary"),
    "no address, query or header stands in a log",
    "the log filter in the Caddyfile",
  );
}
