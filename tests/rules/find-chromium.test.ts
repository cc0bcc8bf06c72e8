// The script that finds Chromium takes what is there, installs Debian's where it may, and else says what to do.
import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { beforeEach, expect, it } from "vitest";

const script = resolve("scripts/find-chromium.mjs");

/** The only folder on the PATH: the machine that the script sees. */
let bin: string;
beforeEach(() => {
  bin = mkdtempSync(join(tmpdir(), "neo-ve-path-"));
  for (const program of ["env", "cp"]) symlinkSync(join("/usr/bin", program), join(bin, program));
  return () => rmSync(bin, { recursive: true });
});

function program(name: string, text: string) {
  writeFileSync(join(bin, name), `#!/bin/sh\n${text}\n`);
  chmodSync(join(bin, name), 0o755);
}

function find(variables: Record<string, string> = {}) {
  const env = { PATH: bin, ...variables };
  const { status, stdout, stderr } = spawnSync(process.execPath, [script], { env, encoding: "utf8" });
  return { status, stdout, stderr };
}

it("prints the one that CHROMIUM names, and refuses one that cannot run", () => {
  program("chromium", "");
  program("mine", "");
  expect(find({ CHROMIUM: join(bin, "mine") })).toMatchObject({
    status: 0,
    stdout: `${join(bin, "mine")}\n`,
  });
  const missing = find({ CHROMIUM: join(bin, "missing") });
  expect(missing).toMatchObject({ status: 1, stdout: "" });
  expect(missing.stderr).toContain("CHROMIUM");
});

it("prints the first on the PATH", () => {
  program("google-chrome", "");
  program("chromium-browser", "");
  expect(find()).toMatchObject({ status: 0, stdout: `${join(bin, "chromium-browser")}\n` });
});

it("installs Debian's where there is none, and prints only the path", () => {
  // As root apt-get is called directly, else through a sudo that asks nothing.
  program("sudo", `shift; exec "$@"`);
  program("true", "");
  program("apt-get", `echo "$DEBIAN_FRONTEND $*"; if [ "$1" = install ]; then cp "$0" "${bin}/chromium"; fi`);
  const { status, stdout, stderr } = find();
  expect({ status, stdout }).toEqual({ status: 0, stdout: `${join(bin, "chromium")}\n` });
  expect(stderr).toContain(
    "noninteractive update\nnoninteractive install -y --no-install-recommends chromium\n",
  );
});

it("says what to do where none can be installed", () => {
  const { status, stdout, stderr } = find();
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toContain("apt-get install chromium");
});
