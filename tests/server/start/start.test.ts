// Starting, stopping and setting up the service, as a person at a terminal does it.
import { readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "acorn";
import { appFolder, cookieOf } from "#tests/server/front-door/door.ts";
import { buildCommands } from "./commands.ts";

const app = appFolder();
const plan = resolve("docs/plan.example.json");
let commands: Awaited<ReturnType<typeof buildCommands>>;
beforeAll(async () => {
  commands = await buildCommands();
});
afterAll(() => {
  commands.remove();
  app.remove();
});

const serve = (data: string, ...more: string[]) =>
  commands.serve(["--app", app.path, "--data", data, ...more]);
const fails = (...args: string[]) => commands.run("main", ["--app", app.path, ...args]);

const post = (url: string, body: unknown, cookie = "") =>
  fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json", Cookie: cookie },
    body: JSON.stringify(body),
  });
const signIn = (url: string, name: string, password: string) =>
  post(`${url}/db/_session`, { name, password });

/** Name and password of each account in the table that the command prints. */
function accountsIn(greeting: string): [name: string, password: string][] {
  const rows = greeting
    .split("\n")
    .slice(greeting.split("\n").findIndex((line) => line.startsWith("  ---")) + 1);
  return rows
    .filter((line) => line.startsWith("  ") && line.trim() !== "")
    .map((line) => {
      const [name = "", password = ""] = line.trim().split(/ {3,}/);
      return [name, password];
    });
}

describe("the demo", () => {
  it("starts, lets each of its people in, keeps what they write, and is the same after a restart", async () => {
    const first = await serve("demo");
    const accounts = accountsIn(first.greeting);
    expect(accounts).toHaveLength(5);
    for (const [name, password] of accounts)
      expect((await signIn(first.url, name, password)).status, name).toBe(200);
    const [name = "", password = ""] = accounts[0] ?? [];
    const cookie = cookieOf(await signIn(first.url, name, password));
    const kept = await fetch(`${first.url}/db/p-vn-gso-20194/_all_docs`, { headers: { Cookie: cookie } });
    const before: unknown = await kept.json();
    expect(before).toMatchObject({ total_rows: 6 });
    expect((await fetch(`${first.url}/cases`)).headers.get("content-type")).toMatch(/html/);

    const next = "mua thu ben song Han";
    expect((await post(`${first.url}/api/password`, { old: password, new: next }, cookie)).status).toBe(200);
    expect(await first.stop("SIGINT")).toMatchObject({ code: 0, stderr: "" });

    const second = await serve("demo", "--demo", "vn");
    expect(second.greeting.replace(second.url, first.url)).toBe(first.greeting);
    const again = cookieOf(await signIn(second.url, name, next));
    const after = await fetch(`${second.url}/db/p-vn-gso-20194/_all_docs`, { headers: { Cookie: again } });
    expect(await after.json()).toEqual(before);
    expect(await second.stop()).toMatchObject({ code: 0, stderr: "" });
  });

  it("lies in a folder that others cannot read", () => {
    const data = join(commands.scratch, "demo");
    expect(statSync(data).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(data)) expect(statSync(join(data, name)).mode & 0o077, name).toBe(0);
  });

  it("of another country is refused, and so is starting empty over it", async () => {
    expect(await fails("--data", "demo", "--demo", "id")).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^This store holds data of Vietnam\. .*never mixed.*\n$/),
    });
    expect(await fails("--data", "demo", "--no-demo")).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/demo/),
    });
  });

  it("of Indonesia starts in a folder of its own", async () => {
    const service = await serve("indonesia", "--demo", "id");
    for (const [name, password] of accountsIn(service.greeting))
      expect((await signIn(service.url, name, password)).status, name).toBe(200);
    await service.stop();
    expect(await fails("--data", "indonesia", "--demo", "vn")).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/Indonesia/),
    });
  });

  it("prints event codes, and nothing of what was asked", async () => {
    const service = await serve("demo");
    await signIn(service.url, "canary", "canary password");
    await fetch(`${service.url}/db/directory/canary?rev=canary`);
    await service.stop();
    expect(service.output().slice(service.greeting.length)).toBe("store.signInFailed\nservice.stopped\n");
    const log = readFileSync(join(commands.scratch, "demo", "access.log"), "utf8");
    expect(log).not.toContain("canary");
    for (const line of log.trim().split("\n")) expect(JSON.parse(line)).toHaveProperty("status");
  });
});

describe("an empty start", () => {
  it("says how to set up, shows no password, and is set up while it runs or while it does not", async () => {
    const service = await serve("empty", "--no-demo");
    const { password } = JSON.parse(readFileSync(join(commands.scratch, "empty", "admin.json"), "utf8"));
    expect(service.greeting).toContain("npm run provision -- --plan FILE");
    expect(service.greeting).not.toContain(password);
    expect(await fails("--show-admin", "--data", "empty")).toMatchObject({
      code: 0,
      stdout: `operator ${password}\n`,
    });

    const locked = await commands.run("provision", ["--plan", plan, "--data", "empty"]);
    expect(locked).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(`running service at ${service.url}`),
    });

    const passwords = join(commands.scratch, "passwords.txt");
    const through = ["--plan", plan, "--data", "empty", "--url", service.url];
    const dry = await commands.run("provision", [...through, "--dry-run"]);
    expect(dry).toMatchObject({ code: 0, stdout: expect.stringMatching(/nothing was done\.\n$/) });
    const made = await commands.run("provision", [...through, "--passwords", passwords]);
    expect(made).toMatchObject({ code: 0, stderr: "" });
    expect(statSync(passwords).mode & 0o077).toBe(0);
    const oneTime = Object.fromEntries(
      readFileSync(passwords, "utf8")
        .trim()
        .split("\n")
        .map((line) => line.split("\t")),
    );
    expect(Object.keys(oneTime)).toEqual(["hien.vo", "minh.ho", "khang.bui"]);
    for (const text of Object.values(oneTime)) expect(made.stdout).not.toContain(text);
    const cookie = cookieOf(await signIn(service.url, "hien.vo", String(oneTime["hien.vo"])));
    const session = await fetch(`${service.url}/api/session`, { headers: { Cookie: cookie } });
    expect(await session.json()).toMatchObject({ displayName: "Võ Hiền", oneTimePassword: true });
    const shown = /fingerprint: ([0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}) /.exec(made.stdout)?.[1];
    expect(shown).toBeDefined();
    await forgotten(service.url, cookie, through);
    await service.stop();

    const key = join(commands.scratch, "empty", "recovery-key.txt");
    const kept = readFileSync(key, "utf8");
    expect(statSync(key).mode & 0o077).toBe(0);
    const again = await commands.run("provision", ["--plan", plan, "--data", "empty"]);
    expect(again).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^All is as planned; nothing was changed\.\n/),
    });
    expect(again.stdout).toContain(`fingerprint: ${String(shown)} `);
    expect(readFileSync(key, "utf8")).toBe(kept);

    const restarted = await serve("empty");
    expect(restarted.greeting).not.toContain("demo");
    await restarted.stop();
    expect(await fails("--data", "empty", "--demo", "vn")).toMatchObject({ code: 1 });
  });

  /** A password is forgotten: while the service runs, and while it does not. */
  async function forgotten(url: string, before: string, through: readonly string[]): Promise<void> {
    const where = through.slice(2);
    const resetIn = (...args: string[]) => commands.run("provision", ["--reset-password", ...args]);
    const unknown = await resetIn("hien.vu", ...where);
    expect(unknown).toMatchObject({ code: 1, stdout: "", stderr: expect.stringContaining('"hien.vu"') });
    const dry = await resetIn("hien.vo", ...where, "--dry-run");
    expect(dry).toMatchObject({ code: 0, stdout: expect.stringMatching(/^would .*nothing was done\.\n$/s) });
    expect((await fetch(`${url}/api/session`, { headers: { Cookie: before } })).status).toBe(200);
    const done = await resetIn("hien.vo", ...where);
    expect(done).toMatchObject({ code: 0, stderr: "" });
    expect(done.stdout.match(/one-time password of hien\.vo: \S+/g)).toHaveLength(1);
    const password = /one-time password of hien\.vo: (\S+)/.exec(done.stdout)?.[1] ?? "";
    expect((await fetch(`${url}/api/session`, { headers: { Cookie: before } })).status).toBe(401);
    const cookie = cookieOf(await signIn(url, "hien.vo", password));
    const held = await fetch(`${url}/db/directory/_all_docs`, { headers: { Cookie: cookie } });
    expect(held.status).toBe(403);
    expect(await held.json()).toMatchObject({ error: "one_time_password" });
    for (const args of [["--plan", plan], ["--prune"]])
      expect(await resetIn("hien.vo", ...args)).toMatchObject({
        code: 1,
        stderr: expect.stringContaining("stands alone"),
      });
    const stopped = await resetIn("hien.vo", "--data", "empty");
    expect(stopped).toMatchObject({ code: 1, stderr: expect.stringContaining("--url") });
  }

  it("does nothing by a plan that is not right", async () => {
    const wrong = join(commands.scratch, "wrong.json");
    writeFileSync(wrong, readFileSync(plan, "utf8").replace("Asia/Ho_Chi_Minh", "Asia/Nowhere"));
    const refused = await commands.run("provision", ["--plan", wrong, "--data", "wrong"]);
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining("sites[0].timeZone") });
    expect(readdirSync(commands.scratch)).not.toContain("wrong");
    expect(await commands.run("provision", ["--plan", "nowhere.json"])).toMatchObject({ code: 1 });
    expect(await commands.run("provision", [])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("--plan"),
    });
  });
});

describe("with --couch", () => {
  // Another service's /db stands in for the CouchDB, with its operator as the server administrator.
  it("sets up and serves a store elsewhere, and puts a rule there that CouchDB can read", async () => {
    const couch = await serve("couch", "--no-demo");
    const shown = await fails("--show-admin", "--data", "couch");
    const [user = "", password = ""] = shown.stdout.trim().split(" ");
    const address = `${couch.url.replace("//", `//${user}:${password}@`)}/db`;

    const empty = await serve("front", "--couch", address);
    expect(empty.greeting).toContain("Nothing is set up yet");
    await empty.stop();

    const front = await serve("front", "--couch", address, "--demo", "vn");
    const [name = "", phrase = ""] = accountsIn(front.greeting)[0] ?? [];
    const cookie = cookieOf(await signIn(front.url, name, phrase));
    const session = await fetch(`${front.url}/api/session`, { headers: { Cookie: cookie } });
    expect(await session.json()).toMatchObject({ name, oneTimePassword: false });
    const design = await fetch(`${front.url}/db/directory/_design/neo-ve`, { headers: { Cookie: cookie } });
    const { validate_doc_update: rule } = JSON.parse(await design.text());
    expect(() => parse(`(${String(rule)})`, { ecmaVersion: 5 })).not.toThrow();

    const reset = await commands.run("provision", ["--reset-password", name, "--couch", address]);
    const handed = new RegExp(`one-time password of ${name}: (\\S+)`).exec(reset.stdout)?.[1] ?? "";
    const old = await fetch(`${front.url}/api/session`, { headers: { Cookie: cookie } });
    expect(old.status).toBe(401);
    const held = cookieOf(await signIn(front.url, name, handed));
    const database = await fetch(`${front.url}/db/directory`, { headers: { Cookie: held } });
    expect(await database.json()).toMatchObject({ error: "one_time_password" });
    const nobody = await commands.run("provision", ["--reset-password", "nobody", "--couch", address]);
    expect(nobody).toMatchObject({ code: 1, stderr: expect.stringContaining('"nobody"') });

    await front.stop();
    expect(front.output()).not.toContain(password);

    const wrong = await fails("--data", "front", "--couch", address.replace(password, "x"));
    expect(wrong).toMatchObject({ code: 1, stderr: expect.stringMatching(/does not know "operator"/) });
    const person = address.replace(`${user}:${password}`, `${name}:${encodeURIComponent(handed)}`);
    const lesser = await fails("--data", "front", "--couch", person);
    expect(lesser).toMatchObject({ code: 1, stderr: expect.stringMatching(/no server administrator/) });
    const notCouch = await fails("--data", "front", "--couch", address.replace(/\/db$/, ""));
    expect(notCouch).toMatchObject({ code: 1, stderr: expect.stringMatching(/not CouchDB|answers/) });
    await couch.stop();
  });

  it.each([
    ["http://a:b@127.0.0.1:59", /No answer from the record store \(ECONNREFUSED\)/],
    ["http://127.0.0.1:5984", /name and password/],
    ["couch", /no address/],
  ])("says what is wrong with %s", async (address, message) => {
    const ended = await fails("--data", "front", "--couch", address);
    expect(ended).toMatchObject({ code: 1, stderr: expect.stringMatching(message) });
    expect(ended.stderr.trim().split("\n")).toHaveLength(1);
  });
});

describe("what stands in the way is said plainly, with exit code 1:", () => {
  const plainly = { code: 1, stdout: "", stderr: expect.stringMatching(/^[^\n]+\n(Try --help\.\n)?$/) };

  it("a port in use, and a data folder in use", async () => {
    const service = await serve("busy", "--no-demo");
    const port = new URL(service.url).port;
    const taken = await fails("--data", "other", "--no-demo", "--port", port);
    expect(taken).toMatchObject({ ...plainly, stderr: expect.stringContaining(`Port ${port} is in use`) });
    const busy = await fails("--data", "busy");
    expect(busy).toMatchObject({ ...plainly, stderr: expect.stringContaining(`service at ${service.url}`) });
    // Killed outright, it leaves no lock behind.
    await service.stop("SIGKILL");
    const next = await serve("busy", "--no-demo");
    await next.stop();
  });

  it.each([
    [["--data", "/dev/null/data"], "cannot be written"],
    [["--port", "http"], "is no port"],
    [["--port", "65536"], "is no port"],
    [["--demo", "th"], "--demo th"],
    [["--demo", "vn", "--no-demo"], "exclude each other"],
    [["--nonsense"], "--nonsense"],
    [["--app", "nowhere"], "no built app"],
  ])("%j", async (args, message) => {
    const ended = await commands.run("main", args.includes("--app") ? args : ["--app", app.path, ...args]);
    expect(ended).toMatchObject({ ...plainly, stderr: expect.stringContaining(message) });
  });

  it("--help names every option", async () => {
    const { code, stdout } = await commands.run("main", ["--help"]);
    expect(code).toBe(0);
    for (const option of [
      "--port",
      "--data",
      "--couch",
      "--demo vn|id",
      "--no-demo",
      "--trust-proxy",
      "PORT",
      "DATA_DIR",
    ])
      expect(stdout).toContain(option);
  });
});
