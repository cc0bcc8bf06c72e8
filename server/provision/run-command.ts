// The provisioning command: reads the plan, finds the record store, does what is missing, and says what it did.
import { closeSync, openSync, readFileSync, writeSync } from "node:fs";
import { randomBytes } from "node:crypto";
import { resolve } from "node:path";
import { couchClient, CouchFault, type CouchClient } from "#server/couch-client/couch-client.ts";
import { lockDataFolder, openDataFolder, type DataFolder } from "#server/start/data-folder.ts";
import { identityFile } from "#server/start/identity-file.ts";
import { readOperator } from "#server/start/operator.ts";
import { codeOf, Problem } from "#server/start/problem.ts";
import {
  checkOperator,
  openEmbedded,
  openRemote,
  readAddress,
  sendOverHttp,
} from "#server/start/record-store.ts";
import type { ProvisionCommand } from "./options.ts";
import { readPlan, type Plan } from "./plan.ts";
import { planSteps, runSteps } from "./provision.ts";
import { recoveryKeyWords } from "./recovery-key.ts";
import { resetPasswordStep } from "./reset-password.ts";
import type { Step } from "./step.ts";

type Print = (line: string) => void;

interface Target {
  couch: CouchClient;
  /** Undefined where the records are not on this machine. */
  folder: DataFolder | undefined;
  close: () => void;
}

/** @throws Problem for what the person at the terminal can mend */
export async function provisionByCommand(command: ProvisionCommand, print: Print): Promise<void> {
  const { task } = command;
  const plan = task.do === "plan" ? loadPlan(task.file) : undefined;
  const target = await openTarget(command, print);
  try {
    if (plan !== undefined) await followPlan(plan, target, command, print);
    if (task.do === "resetPassword") await resetPassword(task.name, target, command, print);
  } catch (error) {
    if (error instanceof CouchFault)
      throw new Problem(`${error.message}\nWhat was done before stays; run the same command again.`);
    throw error;
  } finally {
    target.close();
  }
}

function loadPlan(path: string): Plan {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw new Problem(`The plan ${path} cannot be read (${codeOf(error)}).`);
  }
  const plan = readPlan(text);
  if (plan.ok) return plan.value;
  throw new Problem(
    `The plan ${path} is not right, and nothing was done:\n${plan.error.map((line) => `  ${line}`).join("\n")}`,
  );
}

async function openTarget({ couch, url, data }: ProvisionCommand, print: Print): Promise<Target> {
  if (couch !== undefined) {
    const { admin, close } = await openRemote(couch);
    return { couch: admin, folder: undefined, close };
  }
  if (url !== undefined) return openService(url, data);
  const folder = openDataFolder(data);
  let lock: ReturnType<typeof lockDataFolder>;
  try {
    lock = lockDataFolder(folder);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw new Problem(`${error.message} Stop it first, or provision through it with --url.`);
  }
  const store = openEmbedded(folder, print);
  return {
    couch: store.admin,
    folder,
    close: () => {
      store.close();
      lock.release();
    },
  };
}

async function openService(address: string, data: string): Promise<Target> {
  const named = URL.canParse(address) && new URL(address).username !== "";
  const folder = named ? undefined : openDataFolder(data);
  const given = folder === undefined ? address : withOperator(address, folder);
  const { url, user, password } = readAddress(given, "--url");
  const store = new URL(`${url.href.replace(/\/$/, "")}/db`);
  const couch = couchClient({ send: sendOverHttp(store), user, password });
  await checkOperator(couch, store);
  return { couch, folder, close: () => undefined };
}

function withOperator(address: string, folder: DataFolder): string {
  if (!URL.canParse(address)) throw new Problem("--url is no address. It looks like http://127.0.0.1:8000.");
  const url = new URL(address);
  const { name, password } = readOperator(folder);
  url.username = name;
  url.password = password;
  return url.href;
}

async function followPlan(
  plan: Plan,
  { couch, folder }: Target,
  command: ProvisionCommand,
  print: Print,
): Promise<void> {
  const keyFile = identityFile(
    resolve(command.recoveryKey ?? folder?.file("recovery-key.txt") ?? "recovery-key.txt"),
  );
  const handout = passwordHandout(command, print);
  const steps = await planSteps(plan, couch, {
    prune: command.prune,
    now: Date.now,
    randomBytes: (count) => randomBytes(count),
    identityFile: keyFile,
    handOut: handout.handOut,
  });
  if (!steps.ok)
    throw new Problem(
      `The store holds data of "${steps.error.holds}", the plan is of "${plan.country}". Two countries are never mixed.`,
    );
  if (steps.value.length === 0) print("All is as planned; nothing was changed.");
  else await carryOut(steps.value, handout, command, print);
  for (const line of await recoveryKeyWords(keyFile, couch)) print(line);
}

async function resetPassword(
  name: string,
  { couch }: Target,
  command: ProvisionCommand,
  print: Print,
): Promise<void> {
  const handout = passwordHandout(command, print);
  const step = await resetPasswordStep(name, couch, {
    randomBytes: (count) => randomBytes(count),
    handOut: handout.handOut,
  });
  if (step.ok) {
    await carryOut([step.value], handout, command, print);
    return;
  }
  throw new Problem(
    step.error.type === "UnknownAccount"
      ? `There is no account "${name}" here, and nothing was done. Account names are as in the plan: small letters.`
      : `The account "${name}" is disabled, and nothing was done. Put it back into the plan and run that instead.`,
  );
}

async function carryOut(
  steps: readonly Step[],
  handout: Handout,
  { dryRun }: ProvisionCommand,
  print: Print,
): Promise<void> {
  if (dryRun) {
    for (const { what } of steps) print(`would ${what}`);
    print(`${counted(steps)}; nothing was done.`);
    return;
  }
  handout.open();
  try {
    await runSteps(steps, print);
  } finally {
    handout.close();
  }
  print(`${counted(steps)} done.`);
  for (const line of handout.closingWords()) print(line);
}

const counted = ({ length }: readonly Step[]) => (length === 1 ? "1 step" : `${String(length)} steps`);

type Handout = ReturnType<typeof passwordHandout>;

/** Gives each one-time password out as soon as it holds: to a new file that only its owner reads, or on the terminal. */
function passwordHandout({ passwords }: ProvisionCommand, print: Print) {
  let file: number | undefined;
  let count = 0;
  return {
    open: () => {
      if (passwords === undefined) return;
      try {
        file = openSync(passwords, "wx", 0o600);
      } catch (error) {
        throw new Problem(`${passwords} cannot be made (${codeOf(error)}), and nothing was done.`);
      }
    },
    handOut: (name: string, password: string) => {
      count++;
      if (file === undefined) print(`  one-time password of ${name}: ${password}`);
      else writeSync(file, `${name}\t${password}\n`);
    },
    close: () => {
      if (file !== undefined) closeSync(file);
    },
    closingWords: () => [
      ...(count === 0
        ? []
        : ["Hand each one-time password to its owner; the first sign-in asks for a new one."]),
      ...(count === 0 || passwords === undefined ? [] : [`They are in ${passwords}.`]),
    ],
  };
}
