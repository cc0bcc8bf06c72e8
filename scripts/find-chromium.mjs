// Finds the Chromium that the browser tests drive, and installs Debian's where it is missing and may be installed.
import { execFileSync, spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";

const names = ["chromium", "chromium-browser", "google-chrome"];

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** @param {string} name @returns {string | undefined} */
function onPath(name) {
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

/** @returns {string | undefined} */
function installed() {
  return names.map(onPath).find((path) => path !== undefined);
}

/** The prefix that lets a command run as root without asking, or undefined where there is none. */
function asRoot() {
  if (process.getuid?.() === 0) return [];
  return onPath("sudo") !== undefined && spawnSync("sudo", ["-n", "true"]).status === 0
    ? ["sudo", "-n"]
    : undefined;
}

/** @param {readonly string[]} prefix */
function installWithApt(prefix) {
  const apt = [...prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"];
  for (const step of [["update"], ["install", "-y", "--no-install-recommends", "chromium"]]) {
    const [command = "", ...args] = [...apt, ...step];
    // Standard output belongs to the path that this script prints.
    execFileSync(command, args, { stdio: ["ignore", process.stderr.fd, "inherit"] });
  }
}

/**
 * The path of a Chromium to run: the one in CHROMIUM, else one on the PATH, else Debian's, installed now.
 * @returns {string}
 * @throws {Error} with what a person can do, where there is none and none can be installed
 */
export function findChromium() {
  const wanted = process.env["CHROMIUM"];
  if (wanted !== undefined && wanted !== "") {
    if (isExecutable(wanted)) return wanted;
    throw new Error(`CHROMIUM names ${wanted}, which is no program that can be run.`);
  }
  const found = installed();
  if (found !== undefined) return found;
  const prefix = onPath("apt-get") === undefined ? undefined : asRoot();
  if (prefix !== undefined) installWithApt(prefix);
  const path = installed();
  if (path !== undefined) return path;
  throw new Error(
    `No Chromium found (looked for ${names.join(", ")} on the PATH). ` +
      "Install Chromium or Chrome, or set CHROMIUM to its path; on Debian, run as root: apt-get install chromium",
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  try {
    console.log(findChromium());
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
