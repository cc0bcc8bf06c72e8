// Changing one's own password.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { accountPath, hasOneTimePassword, readAccount } from "#server/couch-client/account.ts";
import type { CouchHandler } from "#server/front-door/couch-handler.ts";
import { resetPasswordStep } from "#server/provision/reset-password.ts";
import { appFolder, openDoor, operator, password, provisionedStore } from "./door.ts";

const app = appFolder();
let store: Awaited<ReturnType<typeof provisionedStore>>;
let door: ReturnType<typeof openDoor>;
beforeAll(async () => {
  store = await provisionedStore();
  door = openDoor(store, app.path);
});
afterAll(() => {
  store.couch.close();
  app.remove();
});

describe("a new password", () => {
  const change = async (cookie: string, old: string, next: string) => {
    const response = await door.ask("/api/password", { cookie, body: { old, new: next } });
    return { response, body: await response.json() };
  };

  it("takes the place of the one-time password, and the session goes on", async () => {
    const oneTime = store.oneTime.get("newcomer") ?? "";
    const cookie = await door.signIn("newcomer", oneTime);
    expect(await (await door.ask("/api/session", { cookie })).json()).toMatchObject({
      oneTimePassword: true,
    });
    // Typed on a keyboard that writes composed letters in two parts; the device signs in with NFKC.
    const typed = "mưa thu bên sông".normalize("NFD");
    const { response, body } = await change(cookie, oneTime, typed);
    expect(body).toEqual({ ok: true });
    const renewed = response.headers.getSetCookie()[0]?.split(";")[0] ?? "";
    expect(await (await door.ask("/api/session", { cookie: renewed })).json()).toMatchObject({
      name: "newcomer",
      displayName: "Võ Mẫu Hiền",
      oneTimePassword: false,
    });
    expect((await door.ask("/api/session", { cookie })).status).toBe(401);
    expect(await door.signIn("newcomer", oneTime)).toBe("AuthSession=");
    expect(await door.signIn("newcomer", typed.normalize("NFKC"))).toMatch(/^AuthSession=\w/);
  });

  it.each([
    ["the old one is wrong", "not this one at all", "quite another phrase", 403, "wrong_password"],
    ["it is short", password, "eleven char", 400, "password_too_short"],
    ["it is short in letters, long in bytes", password, "ấấấấấấấấấấấ", 400, "password_too_short"],
    ["it is the old one", password, password, 400, "password_unchanged"],
    ["it has no end", password, "a".repeat(257), 400, "password_too_long"],
  ])("is refused where %s", async (_why, old, next, status, error) => {
    const cookie = await door.signIn("cadre");
    const { response, body } = await change(cookie, old, next);
    expect(response.status).toBe(status);
    expect(body).toMatchObject({ error });
    expect(await door.signIn("cadre")).toMatch(/^AuthSession=\w/);
  });

  it("is nothing for nobody, nor for the operator of the server", async () => {
    expect((await change("", password, "another long phrase")).response.status).toBe(401);
    const cookie = await door.signIn(operator.name, operator.password);
    const { body } = await change(cookie, operator.password, "another long phrase");
    expect(body).toMatchObject({ error: "no_account" });
  });

  it("cannot be found out by trying: five wrong ones lock", async () => {
    const cookie = await door.signIn("supervisor");
    for (let tries = 0; tries < 5; tries++)
      await change(cookie, `wrong guess ${String(tries)}`, "another long phrase");
    const { body } = await change(cookie, password, "another long phrase");
    expect(body).toMatchObject({ error: "locked" });
  });
});

describe("a session that is over, or somebody else's", () => {
  it("is told from a wrong password, and no password is tried", async () => {
    const ended = { status: 401, error: "session_ended" };
    const change = async (cookie: string, body: object) => {
      const response = await door.ask("/api/password", { cookie, body });
      const { error } = z.object({ error: z.string() }).parse(await response.json());
      return { status: response.status, error };
    };
    const body = { old: password, new: "another long phrase" };
    expect(await change("", body)).toEqual(ended);
    expect(await change("AuthSession=bm9ib2R5OjA6WA", body)).toEqual(ended);
    // On a shared device another person has signed in meanwhile: five such tries would lock them out.
    const cookie = await door.signIn("cadre");
    for (let tries = 0; tries < 6; tries++)
      expect(await change(cookie, { name: "newcomer", ...body, old: "handed out" })).toEqual(ended);
    expect(await door.signIn("cadre")).toMatch(/^AuthSession=\w/);
  });
});

describe("somebody who knows the old password races with the operator's reset", () => {
  let raced: Awaited<ReturnType<typeof provisionedStore>>;
  beforeEach(async () => {
    raced = await provisionedStore();
  });
  afterEach(() => {
    raced.couch.close();
  });

  /** The store, with something that happens once, right after a password has been proven. */
  const doorWith = (moment: () => Promise<void>) => {
    let waits = true;
    const handle: CouchHandler = async (request, from) => {
      const answer = await raced.couch.handle(request, from);
      const isProof = request.method === "POST" && new URL(request.url).pathname === "/_session";
      if (isProof && waits) {
        waits = false;
        await moment();
      }
      return answer;
    };
    return openDoor(raced, app.path, handle);
  };
  /** Tries another password with the old one while the moment comes. */
  const change = async (next: string, moment: () => Promise<void>) => {
    const cookie = await openDoor(raced, app.path).signIn("cadre");
    const body = { name: "cadre", old: password, new: next };
    const answer = await doorWith(moment).ask("/api/password", { cookie, body });
    const signIn = (secret = "") => openDoor(raced, app.path).signIn("cadre", secret);
    return { body: await answer.json(), signIn };
  };

  it("and loses: what was proven is not the password any more", async () => {
    const handed: string[] = [];
    const thief = "the thief's own phrase";
    const { body, signIn } = await change(thief, async () => {
      const { randomBytes } = raced.options;
      const handOut = (_name: string, text: string) => handed.push(text);
      const step = await resetPasswordStep("cadre", raced.admin, { randomBytes, handOut });
      if (step.ok) await step.value.run();
    });
    expect(body).toMatchObject({ error: "wrong_password" });
    expect(handed).toHaveLength(1);
    expect(await signIn(thief)).toBe("AuthSession=");
    expect(await signIn(handed[0])).toMatch(/^AuthSession=\w/);
    expect(hasOneTimePassword(await readAccount(raced.admin, "cadre"))).toBe(true);
  });

  it("while a name that changes hinders nobody: the old password is proven again", async () => {
    const displayName = "Phan Mẫu Lâm Anh";
    const { body, signIn } = await change("mua thu ben song", async () => {
      const account = await readAccount(raced.admin, "cadre");
      await raced.admin.write("PUT", accountPath("cadre"), { ...account, displayName });
    });
    expect(body).toEqual({ ok: true });
    expect(await readAccount(raced.admin, "cadre")).toMatchObject({ displayName });
    expect(await signIn("mua thu ben song")).toMatch(/^AuthSession=\w/);
  });
});
