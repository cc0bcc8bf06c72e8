// A process of its own that writes to a store without pause and tells what was accepted, as a busy service does.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { build } from "vite";
import { onTestFinished, vi } from "vitest";

export interface Writer {
  /** Waits until more than so many rows were accepted; how many it were before this answer. */
  moreThan(rows: number): Promise<number>;
  stop(): Promise<void>;
}

export async function startWriter(file: string): Promise<Writer> {
  // Inside node_modules, so that the bundle finds the SQLite binding.
  const bundle = join("node_modules", ".cache", `backup-writer-${String(process.pid)}`);
  await build({
    configFile: false,
    logLevel: "silent",
    build: {
      ssr: resolve("tests/server/couch/crash-child.ts"),
      outDir: bundle,
      rolldownOptions: { output: { entryFileNames: "child.mjs" } },
    },
  });
  const child = spawn(process.execPath, [join(bundle, "child.mjs"), file, "backup"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const closed = once(child, "close");
  let accepted = 0;
  let rest = "";
  child.stdout.on("data", (chunk: Buffer) => {
    const lines = (rest + chunk.toString("utf8")).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      const rows: unknown = JSON.parse(line);
      if (Array.isArray(rows)) accepted += rows.length;
    }
  });
  const stop = async () => {
    child.kill("SIGKILL");
    await closed;
  };
  onTestFinished(async () => {
    await stop();
    await rm(bundle, { recursive: true, force: true });
  });
  return {
    moreThan: (rows) =>
      vi.waitUntil(
        () => {
          if (child.exitCode !== null) throw new Error("the writer ended by itself");
          return accepted > rows ? accepted : undefined;
        },
        { timeout: 60_000, interval: 1 },
      ),
    stop,
  };
}
