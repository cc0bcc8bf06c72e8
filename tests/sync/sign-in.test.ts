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

it.each([
  ["/api/session", 500],
  ["/db/directory/recovery_key%3Aagency", 503],
  ["/db/directory/account%3Ahoa", 429],
])(
  "makes no profile while %s answers %i: it could not be opened again, or with a one-time password",
  async (url, status) => {
    const json = (code: number, body: object) =>
      new Response(JSON.stringify(body), { status: code, headers: { "content-type": "application/json" } });
    const signIn = createSignIn({
      base: "/db",
      api: "/api",
      fetch: (asked) => {
        if (asked === url) return Promise.resolve(json(status, { error: "trouble" }));
        const signedIn = { ok: true, roles: ["cadre@vn-gso-20194"] };
        return Promise.resolve(
          asked === "/db/_session" ? json(200, signedIn) : json(404, { error: "not_found" }),
        );
      },
    });
    const first = await signIn.first("hoa", next);
    expect(first).toEqual({ ok: false, error: { type: "CentreFault", status } });
  },
);

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
