// The two commands as a person at a terminal runs them, beside a running service.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { appFolder, cookieOf } from "#tests/server/front-door/door.ts";
import { buildCommands } from "#tests/server/start/commands.ts";

const app = appFolder();
let commands: Awaited<ReturnType<typeof buildCommands>>;
beforeAll(async () => {
  commands = await buildCommands();
});
afterAll(() => {
  commands.remove();
  app.remove();
});

const [name, password, changed] = ["canbo-haivan", "may trang tren deo", "mua thu ben song Han"];
const serve = (data: string) => commands.serve(["--app", app.path, "--data", data]);
const post = (url: string, body: unknown, cookie = "") =>
  fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json", Cookie: cookie },
    body: JSON.stringify(body),
  });
const signIn = (url: string, with_: string) => post(`${url}/db/_session`, { name, password: with_ });

it("copies while the service runs, and puts back while it does not", async () => {
  const service = await serve("data");
  const done = await commands.run("backup", ["--data", "data", "--to", "backup"]);
  expect(done).toMatchObject({ code: 0, stderr: "" });
  expect(done.stdout).toMatch(/^Backup of \S+: \d+ databases, \d+ documents, verified, in .*backup\.\n/);
  expect(done.stdout).toContain("encrypt it before it leaves this machine");

  const cookie = cookieOf(await signIn(service.url, password));
  const change = await post(`${service.url}/api/password`, { old: password, new: changed }, cookie);
  expect(change.status).toBe(200);

  const running = await commands.run("restore", ["--data", "data", "--from", "backup"]);
  expect(running).toMatchObject({
    code: 1,
    stderr: expect.stringContaining(`running service at ${service.url}`),
  });
  await service.stop();

  const elsewhere = await commands.run("restore", ["--data", "second", "--from", "backup"]);
  expect(elsewhere).toMatchObject({ code: 0, stderr: "" });
  const back = await commands.run("restore", ["--data", "data", "--from", "backup"]);
  expect(back).toMatchObject({ code: 0, stderr: "" });
  expect(back.stdout).toMatch(/The old data is in .*before-restore-/);

  for (const data of ["data", "second"]) {
    const again = await serve(data);
    expect((await signIn(again.url, password)).status, data).toBe(200);
    expect((await signIn(again.url, changed)).status, data).toBe(401);
    await again.stop();
  }
});

it("ends with one plain line where something is in the way", async () => {
  expect(await commands.run("backup", ["--data", "nothing", "--to", "x"])).toMatchObject({
    code: 1,
    stdout: "",
    stderr: expect.stringMatching(/^There are no records in .*\n$/),
  });
  expect(await commands.run("restore", ["--data", "nothing", "--from", "nowhere"])).toMatchObject({
    code: 1,
    stdout: "",
    stderr: expect.stringMatching(/^\S+nowhere is no backup that can be put back: .*\n$/),
  });
  expect(existsSync(join(commands.scratch, "nothing"))).toBe(false);
  expect(readdirSync(commands.scratch)).not.toContain("x");
});
