// The start command: opens the record store, makes the demo once, opens the door, and says what a person needs to know.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { CouchFault } from "#server/couch-client/couch-client.ts";
import { demos } from "#server/demo/demo.ts";
import { seedDemo } from "#server/demo/seed.ts";
import { createFrontDoor } from "#server/front-door/front-door.ts";
import { inbox } from "#server/front-door/inbox.ts";
import { readInstallation, type Country, type Installation } from "#server/provision/installation.ts";
import { openAccessLog } from "./access-log-file.ts";
import { lockDataFolder, noteAddress, openDataFolder } from "./data-folder.ts";
import { identityFile } from "./identity-file.ts";
import { listen } from "./listen.ts";
import { operatorFile } from "./operator.ts";
import type { StartOptions } from "./options.ts";
import { codeOf, Problem } from "./problem.ts";
import { maxRequestBytes, openEmbedded, openRemote, type RecordStore } from "./record-store.ts";
import { realTimers, resumeTransfersForEver } from "./transfers-resumed.ts";
import { table } from "./table.ts";

export interface StartSurroundings {
  /** Folder of the built app, where the options name no other. */
  app: string;
  print: (line: string) => void;
}

/** @returns how to stop. @throws Problem for what the person at the terminal can mend */
export async function start(
  options: StartOptions,
  { app: builtApp, print }: StartSurroundings,
): Promise<() => Promise<void>> {
  const app = options.app ?? builtApp;
  if (!existsSync(join(app, "index.html")))
    throw new Problem(`There is no built app in ${app}. "npm start" builds it; so does "npm run build".`);
  const folder = openDataFolder(options.data);
  const lock = lockDataFolder(folder);
  const closing: (() => void | Promise<void>)[] = [lock.release];
  const stop = async () => {
    for (const close of closing.toReversed()) await close();
  };
  try {
    const store = options.couch === undefined ? openEmbedded(folder, print) : await openRemote(options.couch);
    closing.push(store.close);
    const identity = identityFile(folder.file("recovery-key.txt"));
    const installation = await settle(options, store, (country, begun) =>
      seedDemo(store.admin, { country, installation: begun, identityFile: identity, now: Date.now }),
    );
    const accessLog = openAccessLog(folder.file("access.log"));
    closing.push(accessLog.close);
    const frontDoor = createFrontDoor({
      couch: store.handle,
      admin: store.admin,
      app,
      now: Date.now,
      logAccess: accessLog.write,
      log: ({ type, method, part, error }) => {
        print(`door.${type} ${method} ${part} ${codeOf(error)}`);
      },
      maxRequestBytes,
      minimumApp: options.minimumApp,
    });
    const handing = {
      admin: store.admin,
      now: Date.now,
      inbox: inbox({ admin: store.admin, now: Date.now }),
    };
    const failed = (error: unknown) => {
      print(`transfers.failed ${codeOf(error)}`);
    };
    closing.push(resumeTransfersForEver(handing, failed, realTimers));
    const listening = await listen(frontDoor, options.port, options);
    closing.push(listening.close);
    const address = `http://127.0.0.1:${String(listening.port)}`;
    noteAddress(folder, address);
    print(greeting(address, folder.path, installation, options));
    return stop;
  } catch (error) {
    await stop();
    if (error instanceof CouchFault) throw new Problem(error.message);
    throw error;
  }
}

/** Decides between demo, real installation and nothing yet. @throws Problem where they do not go together */
async function settle(
  { demo, couch }: StartOptions,
  store: RecordStore,
  seed: (country: Country, begun: Installation | undefined) => Promise<void>,
): Promise<Installation | undefined> {
  const installation = await readInstallation(store.admin);
  // On a CouchDB that others may use too, nobody gets accounts with known passwords unasked.
  const unasked: Country | "none" = couch === undefined ? "vn" : "none";
  if (installation === undefined) {
    const wanted = demo === "default" ? unasked : demo;
    if (wanted === "none") return undefined;
    await seed(wanted, undefined);
    return readInstallation(store.admin);
  }
  const names = { vn: "Vietnam", id: "Indonesia" };
  if ((demo === "vn" || demo === "id") && demo !== installation.country)
    throw new Problem(
      `This store holds data of ${names[installation.country]}. Two countries are never mixed: ` +
        "name another data folder with --data.",
    );
  if (installation.demo === undefined) {
    if (demo === "vn" || demo === "id")
      throw new Problem(
        "This store holds a real installation. A demo wants a data folder of its own: --data.",
      );
    return installation;
  }
  if (demo === "none")
    throw new Problem(
      "This store holds a demo, whose passwords everybody may know. Start empty in another: --data.",
    );
  if (!installation.demo.complete) await seed(installation.country, installation);
  return installation;
}

function greeting(
  address: string,
  folder: string,
  installation: Installation | undefined,
  { couch }: StartOptions,
): string {
  const place =
    couch === undefined
      ? `Everything is kept in ${folder}`
      : `Records are kept in the CouchDB named by --couch`;
  const lines = ["", `Nẻo Về is at ${address}`, place, ""];
  if (installation === undefined)
    lines.push(
      "Nothing is set up yet. Stop the service, then:",
      "  npm run provision -- --plan FILE      (an example: docs/plan.example.json)",
      ...(couch === undefined
        ? [`The operator's password is in ${join(folder, operatorFile)}; --show-admin prints it.`]
        : ["  with the same --couch, or start with --demo vn to look around."]),
    );
  else if (installation.demo !== undefined) lines.push(...demoLines(installation.country));
  lines.push("Ctrl+C stops the service.", "");
  return lines.join("\n");
}

function demoLines(country: Country): string[] {
  const { plan, passwords } = demos[country];
  const placeOf = (role: string) => {
    const [name = "", place] = role.split("@");
    const site = plan.sites.find(({ id }) => id === place);
    return `${name.replace("_", " ")}, ${site?.names[country === "vn" ? "vi" : "id"] ?? ""}`;
  };
  const rows = plan.accounts.map(({ name, roles }) => [
    name,
    passwords[name] ?? "",
    roles.map(placeOf).join("; "),
  ]);
  return [
    "This is a demo with made-up people. Sign in with one of these, for as long as nobody has changed the password:",
    "",
    table(["account", "password", "works as"], rows),
    "",
  ];
}
