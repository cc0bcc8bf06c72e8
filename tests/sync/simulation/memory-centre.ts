// A centre in memory that answers what devices ask, byte for byte as the real one does (twin.test.ts), in a tenth of its time.
import { z } from "zod";
import type { After } from "#src/sync/timers.ts";
import { judgeCookie, newCookie, readCookie } from "#server/couch/cookie.ts";
import { DEFAULT_LIMITS } from "#server/couch/deps.ts";
import { readDocument, writeDocument } from "#server/couch/document.ts";
import { conflict, CouchError, forbidden, noDatabase, unauthorized } from "#server/couch/errors.ts";
import { parseJsonText, type Json, type JsonObject } from "#server/couch/json.ts";
import { ANONYMOUS, checkMember, type User } from "#server/couch/security.ts";
import { readHanded } from "#server/front-door/inbox.ts";
import { strictCookie } from "#server/front-door/session-cookie.ts";
import { parseRole } from "#src/domain/roles.ts";
import { recordRule } from "#server/rule/record-rule.ts";
import { ruleTable } from "#server/rule/rule-table.ts";
import { cookieSecret } from "#tests/sync/support/centre-store.ts";
import { passwordOf } from "#tests/sync/support/test-centre.ts";
import { accountRecord, type BytesOfRestart, type Handed, type SimulatedCentre } from "./centre.ts";
import { MemoryDatabase, revOf, type DatabaseContent, type Kept } from "./memory-database.ts";
import { type Answering, type Asking, json } from "./wire.ts";

interface Account {
  readonly roles: readonly string[];
  /** Part of the key of its cookies. */
  readonly salt: string;
}

/** Everything that a backup of the centre holds. */
export interface CentreContent {
  readonly databases: readonly DatabaseContent[];
  readonly accounts: ReadonlyMap<string, Account>;
  readonly inbox: ReadonlyMap<string, Handed>;
}

export interface MemoryCentreDeps {
  readonly content: CentreContent;
  /** Name of the epochs of the process that made the content. */
  readonly process: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly after: After;
  readonly bytesOfRestart: BytesOfRestart;
}

interface Asker {
  readonly user: User;
  readonly salt: string | undefined;
  /** A `Set-Cookie` value for a session that grows old. */
  readonly renewal: string | undefined;
}

/** A request that is held open. */
interface Waiting {
  /** The database may have changed, or rights anywhere. */
  look(database: string | undefined): void;
  /** The process ends. */
  end(): void;
}

const batch = z.object({ docs: z.array(z.unknown()) });
const keys = z.object({ keys: z.array(z.string()) });
const credentials = z.object({ name: z.string(), password: z.string() });
const sequences = z.object({ since: z.record(z.string(), z.string()) });

const anotherIsSignedIn = { error: "unauthorized", reason: "Somebody else is signed in on this device." };

/** A tenth of the ten minutes of a cookie. */
const freshMs = 60_000;

const changesAsked = new Set(["include_docs", "conflicts", "limit", "since", "feed", "timeout"]);

export function createMemoryCentre({
  now,
  after,
  bytesOfRestart,
  ...deps
}: MemoryCentreDeps): SimulatedCentre {
  let accounts = new Map(deps.content.accounts);
  let inbox = new Map(deps.content.inbox);
  let databases = opened(deps.content.databases, deps.process);
  let copy: CentreContent | undefined;
  let restarts = 0;
  const waiting = new Set<Waiting>();
  /** Cookies that are ours: neither are they read nor their signatures computed anew. */
  const proven = new Map<
    string,
    { readonly name: string; readonly salt: string; readonly untilMs: number }
  >();

  function opened(contents: readonly DatabaseContent[], process: string) {
    return new Map(contents.map((content) => [content.name, new MemoryDatabase(content, process)]));
  }

  function wake(database?: string): void {
    for (const each of [...waiting]) each.look(database);
  }

  function recognise(cookie: string | undefined): Asker {
    const nobody = { user: ANONYMOUS, salt: undefined, renewal: undefined };
    if (cookie === undefined) return nobody;
    const known = proven.get(cookie);
    const read = known ?? readCookie(cookie);
    const account = read ? accounts.get(read.name) : undefined;
    if (!read || !account) return nobody;
    const { salt } = account;
    const recognised = { user: { name: read.name, roles: [...account.roles] }, salt };
    if (known && known.salt === salt && now() <= known.untilMs) return { ...recognised, renewal: undefined };
    const cut = readCookie(cookie);
    const verdict = cut ? judgeCookie(cut, cookieSecret, salt, now()) : "invalid";
    if (!cut || verdict === "invalid") return nobody;
    const untilMs = Number.parseInt(cut.issuedHex, 16) * 1000 + freshMs;
    proven.set(cookie, { name: read.name, salt, untilMs });
    return { ...recognised, renewal: verdict === "ageing" ? bake(read.name, salt) : undefined };
  }

  function bake(name: string, salt: string): string {
    const made = newCookie(name, cookieSecret, salt, now(), false);
    const issuedMs = Math.floor(now() / 1000) * 1000;
    proven.set(made.slice(0, made.indexOf(";")), { name, salt, untilMs: issuedMs + freshMs });
    return made;
  }

  /** With the roles and the password that the user has now. @throws CouchError */
  function open(name: string, { user, salt }: Asker): { database: MemoryDatabase; user: User } {
    const database = databases.get(name);
    if (!database) throw noDatabase();
    const account = user.name === null ? undefined : accounts.get(user.name);
    if (user.name !== null && account?.salt !== salt) throw unauthorized("Name or password is incorrect.");
    const current = account ? { name: user.name, roles: [...account.roles] } : ANONYMOUS;
    checkMember(current, database.security);
    return { database, user: current };
  }

  let head = { ...json, date: "", "cache-control": "no-store" };
  let datedAt = 0;
  const dated = () => {
    const second = Math.floor(now() / 1000);
    if (second !== datedAt) head = { ...head, date: new Date(now()).toUTCString() };
    datedAt = second;
    return head;
  };
  const reply = (
    status: number,
    text: string,
    headers: Readonly<Record<string, string>> = {},
  ): Answering => ({
    status,
    headers: { ...dated(), ...headers },
    pieces: [`${text}\n`],
  });

  function session({ method, body }: Asking, { user, renewal }: Asker): Answering {
    const cookie = renewal === undefined ? {} : { "set-cookie": renewal };
    if (method === "GET") {
      const info = {
        authentication_handlers: ["cookie", "default"],
        ...(user.name === null ? {} : { authenticated: "cookie" }),
      };
      return reply(
        200,
        JSON.stringify({ ok: true, userCtx: { name: user.name, roles: user.roles }, info }),
        cookie,
      );
    }
    const { name, password } = credentials.parse(JSON.parse(body ?? ""));
    const account = accounts.get(name);
    if (!account || password !== passwordOf(name)) throw new Error("nobody here mistakes a password");
    const made = bake(name, account.salt);
    return reply(200, JSON.stringify({ ok: true, name, roles: account.roles }), { "set-cookie": made });
  }

  const rowOf = (database: MemoryDatabase, kept: Kept) =>
    `{"seq":"${database.format(kept.seq)}","id":"${kept.id}","changes":[{"rev":"${revOf(kept)}"}],"doc":${kept.text}}`;

  function changes(name: string, query: URLSearchParams, asker: Asker, { signal }: Asking): Answering {
    for (const option of query.keys())
      if (!changesAsked.has(option)) throw new Error(`${option} is not known here`);
    const limit = Number(query.get("limit"));
    const asked = query.get("since") ?? "0";
    const { database } = open(name, asker);
    let since = database.parse(asked);
    const page = (of: MemoryDatabase) => {
      const later = of.after(since);
      const some = later.slice(0, limit);
      return { rows: some.map((kept) => rowOf(of, kept)), last: some.at(-1)?.seq ?? since, pending: later.length - some.length, isFull: some.length >= limit };
    }; // prettier-ignore
    const textOf = (rows: readonly string[], last: string, pending: number) =>
      `${rows.join(",\r\n")}\n],\n"last_seq":"${last}","pending":${String(pending)}}`;
    const first = page(database);
    const cookie = asker.renewal === undefined ? {} : { "set-cookie": asker.renewal };
    if (query.get("feed") !== "longpoll") {
      const last = database.format(first.isFull ? first.last : Math.max(since, database.seq));
      return reply(200, `{"results":[\n${textOf(first.rows, last, first.pending)}`, cookie);
    }
    const rest = new Promise<string>((resolve) => {
      let last = asked;
      let callOff = (): void => undefined;
      const end = (text: string) => {
        waiting.delete(held);
        callOff();
        resolve(text === "" ? "" : `${text}\n`);
      };
      const quiet = () => end(textOf([], last, 0));
      const look = (changed: string | undefined) => {
        if (signal.aborted) return end("");
        if (changed !== undefined && changed !== name) return undefined;
        let current: MemoryDatabase;
        try {
          ({ database: current } = open(name, asker));
        } catch {
          return quiet();
        }
        const { rows, last: seq, pending } = page(current);
        since = Math.max(since, seq);
        last = current.format(since);
        if (rows.length > 0) return end(textOf(rows, last, pending));
        callOff();
        callOff = after(Number(query.get("timeout")), quiet);
        return undefined;
      };
      const held = { look, end: quiet };
      waiting.add(held);
      signal.addEventListener("abort", () => end(""));
      look(name);
    });
    return { status: 200, headers: { ...dated(), ...cookie }, pieces: ['{"results":[\n', rest] };
  }

  function write(database: MemoryDatabase, value: Json, user: User): object {
    const document = readDocument(value, DEFAULT_LIMITS);
    const { id, history, body } = document;
    const before = database.find(id);
    try {
      if ((history.ids[0] === undefined) !== (before === undefined)) throw conflict();
      if (before && (history.ids[0] !== before.ids[0] || history.start !== before.ids.length))
        throw conflict();
      const parent = { start: before?.ids.length ?? 0, ids: [...(before?.ids ?? [])] };
      const written = (of: JsonObject) => writeDocument({ id, history: parent, deleted: false, body: of, attachments: {} }, { revs: true }); // prettier-ignore
      try {
        const fresh = writeDocument({ ...document, history, attachments: {} }, { revs: true });
        const context = { db: database.name, name: user.name, roles: user.roles };
        recordRule(fresh, before ? written(before.body) : null, context, database.security, ruleTable, now());
      } catch (refusal) {
        if (refusal instanceof Object && "forbidden" in refusal) throw forbidden(String(refusal.forbidden));
        throw refusal;
      }
      return { ok: true, id, rev: revOf(database.keep(id, body, before)) };
    } catch (refusal) {
      if (!(refusal instanceof CouchError)) throw refusal;
      return { id, error: refusal.error, reason: refusal.reason };
    }
  }

  function inDatabase(
    name: string,
    rest: string,
    query: URLSearchParams,
    asking: Asking,
    asker: Asker,
  ): Answering {
    const cookie = asker.renewal === undefined ? {} : { "set-cookie": asker.renewal };
    const what = `${asking.method} ${rest}`;
    if (what === "GET _changes") return changes(name, query, asker, asking);
    const { database, user } = open(name, asker);
    switch (what) {
      case "GET ":
        return reply(200, JSON.stringify(database.info()), cookie);
      case "POST _bulk_docs": {
        const { docs } = batch.parse(parseJsonText(asking.body ?? "", DEFAULT_LIMITS.maxDepth + 3));
        const rows = (docs as Json[]).map((each) => write(database, each, user));
        if (rows.some((row) => "ok" in row)) wake(name);
        return reply(201, JSON.stringify(rows), cookie);
      }
      case "POST _all_docs": {
        const withDocs = query.get("include_docs") === "true";
        const rows = keys.parse(JSON.parse(asking.body ?? "")).keys.map((key) => {
          const kept = database.find(key);
          if (!kept) return JSON.stringify({ key, error: "not_found" });
          const doc = withDocs ? `,"doc":${kept.text}` : "";
          return `{"id":"${key}","key":"${key}","value":{"rev":"${revOf(kept)}"}${doc}}`;
        });
        const total = String(database.all().length);
        const lines = rows.join(",\r\n");
        return reply(200, `{"total_rows":${total},"offset":null,"rows":[\r\n${lines}\r\n]}`, cookie);
      }
      default:
        throw new Error(`${what} is not known here`);
    }
  }

  /** What the front door adds. */
  function api(path: string, { body, account }: Asking, { user, renewal }: Asker, asker: Asker): Answering {
    const strict = renewal === undefined ? undefined : strictCookie(renewal, false);
    const said = (status: number, value: object): Answering => ({
      status,
      headers: { ...json, ...(strict !== undefined && status === 200 && { "set-cookie": strict }), "cache-control": "no-store" },
      pieces: [JSON.stringify(value)],
    }); // prettier-ignore
    const { name } = user;
    if (name === null) return said(401, { error: "unauthorized", reason: "Nobody is signed in." });
    if (account !== undefined && account !== name) return said(401, anotherIsSignedIn);
    const mayRead = (database: string) => {
      try {
        return open(database, asker).database;
      } catch {
        return undefined;
      }
    };
    switch (path) {
      case "/api/devices":
        if (!user.roles.some((role) => parseRole(role) !== undefined))
          return said(403, { error: "forbidden", reason: "This account works on no device." });
        return said(200, { ok: true });
      case "/api/inbox": {
        const handed = readHanded(parseJsonText(body ?? "", 36));
        if (!handed) throw new Error("this is nothing for the inbox");
        if (mayRead(handed.database))
          return said(409, {
            error: "still_allowed",
            reason: "This account may write to the database itself.",
          });
        for (const { record } of handed.records) {
          const item = { account: name, database: handed.database, record };
          inbox.set(JSON.stringify(item), item);
        }
        const kept = handed.records.map(({ record }) => record.id);
        return said(200, { ok: true, kept, at: new Date(now()).toISOString() });
      }
      case "/api/changed": {
        const { since } = sequences.parse(JSON.parse(body ?? ""));
        const standings = Object.entries(since)
          .toReversed()
          .flatMap(([each, known]) => {
            const database = mayRead(each);
            if (!database) return [];
            const { instance_start_time, update_seq } = database.info();
            const changed = update_seq !== known && database.after(database.parse(known)).length > 0;
            return [
              { each, isSame: update_seq === known, standing: { instance_start_time, update_seq, changed } },
            ];
          })
          // Those of which nothing more is asked stand first.
          .toSorted((a, b) => Number(b.isSame) - Number(a.isSame))
          .map(({ each, standing }) => [each, standing] as const);
        return said(200, { databases: Object.fromEntries(standings) });
      }
      default:
        return said(404, { error: "not_found", reason: "There is nothing of this name." });
    }
  }

  function answer(asking: Asking): Answering {
    const [path = "", search = ""] = asking.path.split("?");
    const asker = recognise(asking.cookie);
    if (path.startsWith("/api/")) return api(path, asking, asker, asker);
    if (path === "/_session") return session(asking, asker);
    const { account } = asking;
    const { name: caller } = asker.user;
    if (account !== undefined && caller !== null && account !== caller)
      return { ...reply(401, ""), headers: json, pieces: [JSON.stringify(anotherIsSignedIn)] };
    const [name = "", rest = ""] = path.slice(1).split("/");
    try {
      return inDatabase(decodeURIComponent(name), rest, new URLSearchParams(search), asking, asker);
    } catch (refusal) {
      if (!(refusal instanceof CouchError)) throw refusal;
      const { status, error, reason } = refusal;
      const cookie = asker.renewal === undefined ? {} : { "set-cookie": asker.renewal };
      return reply(status, JSON.stringify({ error, reason }), cookie);
    }
  }

  const read = new WeakMap<Kept, JsonObject>();
  function parsed(kept: Kept): JsonObject {
    const document = read.get(kept) ?? (JSON.parse(kept.text) as JsonObject);
    read.set(kept, document);
    return document;
  }

  return {
    ask: (asking) => Promise.resolve().then(() => answer(asking)),
    documents(name) {
      const kept = databases.get(name)?.all() ?? [];
      const found = kept.filter(({ id }) => !id.startsWith("_"));
      return Promise.resolve(new Map(found.map((each) => [each.id, parsed(each)])));
    },
    inbox: () => Promise.resolve([...inbox.values()]),
    setRoles(name, roles) {
      const account = accounts.get(name);
      const directory = databases.get("directory");
      if (!account || !directory) throw new Error(`nobody is called ${name}`);
      accounts.set(name, { ...account, roles });
      wake();
      const id = `account:${name}`;
      directory.keep(id, accountRecord(name, roles, now()), directory.find(id));
      wake("directory");
      return Promise.resolve();
    },
    backUp() {
      copy = {
        databases: [...databases.values()].map((database) => database.content()),
        accounts: new Map(accounts),
        inbox: new Map(inbox),
      };
      return Promise.resolve();
    },
    putBack() {
      if (!copy) throw new Error("there is no backup");
      restarts += 1;
      const randomBytes = (count: number) => bytesOfRestart(restarts, count);
      const again = copy.databases.map((content) => ({
        ...content,
        created: Math.max(content.created + 1, Math.floor(now() / 1000)),
        uuid: Buffer.from(randomBytes(16)).toString("hex"),
      }));
      databases = opened(again, `g1AAAA${Buffer.from(randomBytes(12)).toString("base64url")}`);
      accounts = new Map(copy.accounts);
      inbox = new Map(copy.inbox);
      // The process ended, and with it whatever it held open.
      for (const each of [...waiting]) each.end();
      return Promise.resolve();
    },
    close: () => waiting.clear(),
  };
}
