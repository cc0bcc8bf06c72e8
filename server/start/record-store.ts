// Opens the record store: the embedded one on a data folder, or a CouchDB elsewhere.
import { randomBytes } from "node:crypto";
import { z } from "zod";
import { parseDatabase } from "#src/domain/record/databases.ts";
import { createCouch } from "#server/couch/couch.ts";
import type { RecordRule } from "#server/couch/deps.ts";
import {
  couchClient,
  CouchFault,
  type CouchClient,
  type SendToCouch,
} from "#server/couch-client/couch-client.ts";
import type { CouchHandler } from "#server/front-door/couch-handler.ts";
import { remoteCouch } from "#server/front-door/remote-couch.ts";
import { recordRule } from "#server/rule/record-rule.ts";
import { ruleTable } from "#server/rule/rule-table.ts";
import type { DataFolder } from "./data-folder.ts";
import { codeOf, Problem } from "./problem.ts";
import { readOperator } from "./operator.ts";

export interface RecordStore {
  handle: CouchHandler;
  /** Acts with the operator's rights. */
  admin: CouchClient;
  close: () => void;
}

/** Largest request that is taken in: one document of the largest size with the largest attachments in base64. */
export const maxRequestBytes = 2_500_000;

/** The rule guards the databases that hold records; what the front door keeps for itself has no record type. */
const rule: RecordRule = (database, newDoc, oldDoc, userCtx, secObj) => {
  if (parseDatabase(database) !== undefined) recordRule(newDoc, oldDoc, userCtx, secObj, ruleTable);
};

/** @param log told an event code and nothing of what was asked */
export function openEmbedded(folder: DataFolder, log: (line: string) => void): RecordStore {
  const operator = readOperator(folder);
  const couch = createCouch({
    file: folder.file("records.sqlite"),
    secret: operator.cookieSecret,
    now: Date.now,
    randomBytes: (count) => randomBytes(count),
    admins: { [operator.name]: operator.password },
    rule,
    limits: { maxRequestBytes },
    log: (event) => {
      log(
        event.type === "failed"
          ? `store.failed ${event.method} ${codeOf(event.error)}`
          : "store.signInFailed",
      );
    },
  });
  const send: SendToCouch = (request) => couch.handle(request, { address: "operator" });
  const admin = couchClient({ send, user: operator.name, password: operator.password });
  return { handle: couch.handle, admin, close: couch.close };
}

/**
 * @param address `http://user:password@host:5984`, a server administrator of that CouchDB
 * @throws Problem where nothing answers, it is not CouchDB, or the credentials are wrong
 */
export async function openRemote(address: string): Promise<RecordStore> {
  const { url, user, password } = readAddress(address, "--couch");
  const admin = couchClient({ send: sendOverHttp(url), user, password });
  await checkOperator(admin, url);
  return {
    handle: remoteCouch({ url, fetch, maxRequestBytes }),
    admin,
    close: () => undefined,
  };
}

const session = z.object({ userCtx: z.object({ roles: z.array(z.string()) }) });

/** @throws Problem where nothing answers, it is not CouchDB, or the account is no server administrator's */
export async function checkOperator(admin: CouchClient, url: URL): Promise<void> {
  const problem = (what: string) => new Problem(`${url.origin}${url.pathname}: ${what}`);
  let answer: unknown;
  try {
    answer = await admin.read("/_session");
  } catch (error) {
    if (!(error instanceof CouchFault)) throw error;
    throw problem(error.message);
  }
  const { data } = session.safeParse(answer);
  if (data === undefined) throw problem("What answers there is not CouchDB.");
  if (!data.userCtx.roles.includes("_admin")) throw problem(`"${admin.user}" is no server administrator.`);
}

/** Takes an address with credentials apart. @throws Problem */
export function readAddress(address: string, option: string): { url: URL; user: string; password: string } {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw new Problem(`${option} is no address. It looks like http://user:password@host:5984.`);
  const user = decodeURIComponent(url.username);
  const password = decodeURIComponent(url.password);
  if (user === "" || password === "")
    throw new Problem(
      `${option} lacks the name and password of a server administrator: http://user:password@host.`,
    );
  url.username = "";
  url.password = "";
  url.search = "";
  url.hash = "";
  return { url, user, password };
}

/** Sends requests to a CouchDB at this address. */
export function sendOverHttp(url: URL): SendToCouch {
  const base = `${url.origin}${url.pathname.replace(/\/$/, "")}`;
  return async (request) => {
    const { pathname, search } = new URL(request.url);
    const { method, headers, signal } = request;
    const body = method === "GET" ? undefined : await request.arrayBuffer();
    return fetch(`${base}${pathname}${search}`, {
      method,
      headers,
      signal,
      redirect: "manual",
      ...(body === undefined ? {} : { body }),
    });
  };
}
