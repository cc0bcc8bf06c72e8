// The whole service as a person starts it: app and server built once per test file, on a folder of data of its own.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

export interface DemoAccount {
  readonly name: string;
  readonly password: string;
  readonly role: string;
}

export interface Service {
  readonly url: string;
  readonly port: number;
  readonly data: string;
  /** As printed at the start. */
  readonly accounts: readonly DemoAccount[];
  stop(): Promise<void>;
  /** As when the power fails. */
  kill(): Promise<void>;
}

export interface BuiltService {
  /** Folder of the built app. */
  readonly app: string;
  /** Runs the provisioning command to its end; what it printed. Rejects when it fails. */
  provision(args: readonly string[]): Promise<string>;
  /** Starts on a new folder of data unless one is given. */
  start(args?: readonly string[], data?: string): Promise<Service>;
  /** Ends what was started and removes what was built. */
  dispose(): Promise<void>;
}

/** A piece of a source that reads otherwise in another release, or in one with a planted fault. */
export interface SourceChange {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

let builds = 0;

/** Builds into a folder below the packages that the server needs; with changes, from a copy of the sources. */
export async function buildService(changes: readonly SourceChange[] = []): Promise<BuiltService> {
  builds += 1;
  const out = resolve(`dist/under-test-${process.pid}-${builds}`);
  const app = join(out, "app");
  const server = join(out, "server");
  const root = changes.length === 0 ? resolve(".") : changedCopy(join(out, "sources"), changes);
  await viteBuild(root, ["--outDir", app]);
  await viteBuild(root, ["--config", "vite.server.config.ts", "--outDir", server]);
  const running = new Set<Service>();
  const folders: string[] = [out];

  async function start(args: readonly string[] = [], data?: string): Promise<Service> {
    const folder = data ?? mkdtempSync(join(tmpdir(), "neo-ve-service-"));
    if (data === undefined) folders.push(folder);
    const { PORT: _port, DATA_DIR: _data, COUCH_URL: _couch, ...environment } = process.env;
    const child = spawn(
      process.execPath,
      [join(server, "main.js"), "--port", "0", "--data", folder, "--app", app, ...args],
      { env: environment, stdio: ["ignore", "pipe", "pipe"] },
    );
    const greeting = await greetingOf(child);
    const url = /at (http:\/\/127\.0\.0\.1:\d+)/.exec(greeting)?.[1] ?? "";
    const service: Service = {
      url,
      port: Number(new URL(url).port),
      data: folder,
      accounts: accountsIn(greeting),
      stop: () => end("SIGTERM"),
      kill: () => end("SIGKILL"),
    };
    async function end(signal: NodeJS.Signals): Promise<void> {
      running.delete(service);
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill(signal);
      await once(child, "close");
    }
    running.add(service);
    return service;
  }

  async function provision(args: readonly string[]): Promise<string> {
    const child = spawn(process.execPath, [join(server, "provision.js"), ...args], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    let printed = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk: Buffer) => (printed += chunk.toString("utf8")));
    const [code] = await once(child, "close");
    if (code !== 0) throw new Error(`Provisioning failed:\n${printed}`);
    return printed;
  }

  return {
    app,
    provision,
    start,
    async dispose() {
      for (const service of running) await service.stop();
      for (const folder of folders) rmSync(folder, { recursive: true, force: true });
    },
  };
}

function changedCopy(folder: string, changes: readonly SourceChange[]): string {
  for (const part of ["src", "server", "locales", "public"])
    cpSync(resolve(part), join(folder, part), { recursive: true });
  for (const file of [
    "index.html",
    "package.json",
    "tsconfig.json",
    "vite.config.ts",
    "vite.server.config.ts",
  ])
    cpSync(resolve(file), join(folder, file));
  for (const { file, from, to } of changes) {
    const text = readFileSync(join(folder, file), "utf8");
    if (!text.includes(from)) throw new Error(`${file} does not hold: ${from}`);
    writeFileSync(
      join(folder, file),
      text.replace(from, () => to),
    );
  }
  return folder;
}

/** As `npm run build` does it: inside the test's own process, Vite would build for tests. */
async function viteBuild(root: string, args: readonly string[]): Promise<void> {
  const { NODE_ENV: _mode, VITEST: _vitest, ...environment } = process.env;
  const child = spawn(
    process.execPath,
    [resolve("node_modules/vite/bin/vite.js"), "build", "--logLevel", "error", "--emptyOutDir", ...args],
    { cwd: root, env: environment, stdio: "inherit" },
  );
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error("the build failed");
}

/** What it prints until it listens. @throws with that, if it ends instead */
function greetingOf(child: ChildProcess): Promise<string> {
  return new Promise((found, failed) => {
    let printed = "";
    const listen = (chunk: Buffer) => {
      printed += chunk.toString("utf8");
      if (printed.includes("Ctrl+C")) found(printed);
    };
    child.stdout?.on("data", listen);
    child.stderr?.on("data", listen);
    child.once("close", () => failed(new Error(`The service ended:\n${printed}`)));
  });
}

/** Rows of the printed table: account, password, works as. */
function accountsIn(greeting: string): readonly DemoAccount[] {
  return greeting.split("\n").flatMap((line) => {
    const [name, password, role] = line.trim().split(/\s{2,}/);
    const isRow = name !== undefined && /^[a-z][a-z-]+$/.test(name) && password !== undefined;
    return isRow && role !== undefined && name !== "account" ? [{ name, password, role }] : [];
  });
}
