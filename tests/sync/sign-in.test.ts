// Another password: each refusal of the front door, and of what is not the front door, becomes its own fault.
import { expect, it } from "vitest";
import { createSignIn } from "#src/sync/sign-in.ts";

const next = "bốn từ chẳng liên quan";

function centreThatAnswers(status: number, body: object | string) {
  const isPage = typeof body === "string";
  const text = isPage ? body : JSON.stringify(body);
  const headers = { "content-type": isPage ? "text/html" : "application/json" };
  return createSignIn({
    base: "/db",
    api: "/api",
    fetch: () => Promise.resolve(new Response(text, { status, headers })),
  });
}

it.each([
  [403, { error: "wrong_password" }, { type: "WrongPassword" }],
  [403, { error: "locked" }, { type: "LockedOut" }],
  [403, { error: "no_account" }, { type: "CannotChangeHere" }],
  [403, { error: "forbidden" }, { type: "CentreFault", status: 403 }],
  [400, { error: "password_too_short" }, { type: "PasswordTooShort" }],
  [400, { error: "password_too_long" }, { type: "PasswordTooLong" }],
  [400, { error: "password_unchanged" }, { type: "PasswordUnchanged" }],
  [400, { error: "bad_request" }, { type: "CentreFault", status: 400 }],
  [401, { error: "unauthorized" }, { type: "WrongPassword" }],
  [404, { error: "not_found" }, { type: "CannotChangeHere" }],
  [500, { error: "internal_server_error" }, { type: "CentreFault", status: 500 }],
  [403, "<p>Wi-Fi</p>", { type: "NotTheCentre" }],
  [200, "<p>Wi-Fi</p>", { type: "NotTheCentre" }],
])("%i %o", async (status, body, fault) => {
  const changed = await centreThatAnswers(status, body).changePassword("mật khẩu được phát", next);
  expect(changed).toEqual({ ok: false, error: fault });
});

it("does not ask about a password that is too short or the old one", async () => {
  const signIn = createSignIn({ base: "/db", api: "/api", fetch: () => Promise.reject(new Error("asked")) });
  expect(await signIn.changePassword("x", "ngắn quá")).toMatchObject({ error: { type: "PasswordTooShort" } });
  expect(await signIn.changePassword(next.normalize("NFD"), next)).toMatchObject({
    error: { type: "PasswordUnchanged" },
  });
});

it("takes the front door's yes", async () => {
  const changed = await centreThatAnswers(200, { ok: true }).changePassword("mật khẩu được phát", next);
  expect(changed).toEqual({ ok: true, value: undefined });
});
