// The built commands as child processes, as a person at a terminal runs them.
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { build } from "vite";

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface Running {
  url: string;
  greeting: string;
  /** All it has printed so far. */
  output: () => string;
  stop: (signal?: NodeJS.Signals) => Promise<Ended>;
}

type Command = "main" | "provision" | "backup" | "restore";

/** Bundles the service into a folder of its own, below the packages it needs. */
export async function buildCommands() {
  const out = resolve(`dist/server-under-test-${String(process.pid)}`);
  await build({ configFile: "vite.server.config.ts", logLevel: "error", build: { outDir: out } });
  const scratch = mkdtempSync(join(tmpdir(), "neo-ve-start-"));
  const running = new Set<ChildProcess>();

  const launch = (command: Command, args: readonly string[]) => {
    const { PORT: _port, DATA_DIR: _data, COUCH_URL: _couch, ...environment } = process.env;
    const child = spawn(process.execPath, [join(out, `${command}.js`), ...args], {
      cwd: scratch,
      env: environment,
      stdio: ["ignore", "pipe", "pipe"],
    });
    running.add(child);
    const text = { stdout: "", stderr: "" };
    child.stdout.on("data", (chunk: Buffer) => (text.stdout += chunk.toString("utf8")));
    child.stderr.on("data", (chunk: Buffer) => (text.stderr += chunk.toString("utf8")));
    const ended = once(child, "close").then(([code]): Ended => {
      running.delete(child);
      return { code: typeof code === "number" ? code : null, ...text };
    });
    return { child, text, ended };
  };

  return {
    scratch,
    run: (command: Command, args: readonly string[]) => launch(command, args).ended,
    /** @throws with what it printed, if it ends instead of listening */
    serve: async (args: readonly string[]): Promise<Running> => {
      const { child, text, ended } = launch("main", ["--port", "0", ...args]);
      const listening = new Promise<string>((found) => {
        child.stdout.on("data", () => {
          const url = /at (http:\/\/127\.0\.0\.1:\d+)\n[^]*Ctrl\+C/.exec(text.stdout)?.[1];
          if (url !== undefined) found(url);
        });
      });
      const url = await Promise.race([
        listening,
        ended.then(({ stdout, stderr }) => {
          throw new Error(`It ended: ${stdout}${stderr}`);
        }),
      ]);
      return {
        url,
        greeting: text.stdout,
        output: () => text.stdout + text.stderr,
        stop: (signal = "SIGTERM") => {
          child.kill(signal);
          return ended;
        },
      };
    },
    remove: () => {
      for (const child of running) child.kill("SIGKILL");
      rmSync(out, { recursive: true, force: true });
      rmSync(scratch, { recursive: true, force: true });
    },
  };
}
