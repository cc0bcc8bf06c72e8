// Another password: each refusal of the front door, and of what is not the front door, becomes its own fault.
import { describe, expect, it } from "vitest";
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
  [401, { error: "session_ended" }, { type: "SessionEnded" }],
  [401, { error: "unauthorized" }, { type: "SessionEnded" }],
  [404, { error: "not_found" }, { type: "CannotChangeHere" }],
  [500, { error: "internal_server_error" }, { type: "CentreFault", status: 500 }],
  [403, "<p>Wi-Fi</p>", { type: "NotTheCentre" }],
  [200, "<p>Wi-Fi</p>", { type: "NotTheCentre" }],
])("%i %o", async (status, body, fault) => {
  const changed = await centreThatAnswers(status, body).changePassword("hoa", "mật khẩu được phát", next);
  expect(changed).toEqual({ ok: false, error: fault });
});

it.each([
  ["/api/session", 500],
  ["/db/directory/recovery_key%3Aagency", 503],
  ["/db/directory/account%3Ahoa", 429],
  ["/db/directory/recovery_key%3Aagency", 403],
  ["/db/directory/account%3Ahoa", 401],
])(
  "makes no profile while %s answers %i: it could not be opened again, or with a one-time password",
  async (url, status) => {
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
  expect(await signIn.changePassword("hoa", "x", "ngắn quá")).toMatchObject({
    error: { type: "PasswordTooShort" },
  });
  expect(await signIn.changePassword("hoa", next.normalize("NFD"), next)).toMatchObject({
    error: { type: "PasswordUnchanged" },
  });
});

it("takes the front door's yes", async () => {
  const changed = await centreThatAnswers(200, { ok: true }).changePassword(
    "hoa",
    "mật khẩu được phát",
    next,
  );
  expect(changed).toEqual({ ok: true, value: undefined });
});

const json = (status: number, body: object) =>
  new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json" } });

it("asks for another password where the directory says that this one was handed out, with a front door or without", async () => {
  const signIn = createSignIn({
    base: "/db",
    api: "/api",
    fetch: (url) => {
      if (url === "/db/_session")
        return Promise.resolve(json(200, { ok: true, roles: ["cadre@vn-gso-20194"] }));
      const held = url.startsWith("/db/");
      return Promise.resolve(json(held ? 403 : 404, { error: held ? "one_time_password" : "not_found" }));
    },
  });
  expect(await signIn.first("hoa", "mật khẩu được phát")).toMatchObject({
    ok: true,
    value: { oneTimePassword: true, recoveryRecipient: undefined, account: { name: "hoa" } },
  });
});

describe("a session that ended while somebody thought of a phrase", () => {
  function endedSession(signsIn: Response) {
    const asked: unknown[] = [];
    let tries = 0;
    const signIn = createSignIn({
      base: "/db",
      api: "/api",
      fetch: (url, { body }) => {
        asked.push([url, typeof body === "string" ? JSON.parse(body) : undefined]);
        if (url === "/db/_session") return Promise.resolve(signsIn);
        tries += 1;
        return Promise.resolve(tries === 1 ? json(401, { error: "session_ended" }) : json(200, { ok: true }));
      },
    });
    return { signIn, asked };
  }

  it("is opened once more with the old password, and the change is made", async () => {
    const { signIn, asked } = endedSession(json(200, { ok: true, roles: [] }));
    expect(await signIn.changePassword("hoa", "mật khẩu được phát", next)).toMatchObject({ ok: true });
    const old = "mật khẩu được phát";
    expect(asked).toEqual([
      ["/api/password", { name: "hoa", old, new: next }],
      ["/db/_session", { name: "hoa", password: old }],
      ["/api/password", { name: "hoa", old, new: next }],
    ]);
  });

  it.each([
    [json(401, { error: "unauthorized" }), { type: "SessionEnded" }],
    [json(403, { error: "forbidden" }), { type: "LockedOut" }],
    [new Response("<p>Wi-Fi</p>", { headers: { "content-type": "text/html" } }), { type: "NotTheCentre" }],
  ])("and what stands in the way of that is said", async (answer, error) => {
    const { signIn, asked } = endedSession(answer);
    expect(await signIn.changePassword("hoa", "mật khẩu được phát", next)).toEqual({ ok: false, error });
    expect(asked).toHaveLength(2);
  });
});
