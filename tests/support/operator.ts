// The operator of the embedded store at work behind everybody's back: seeds records, changes accounts and rights.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { couchClient, type CouchClient, documentPath } from "#server/couch-client/couch-client.ts";
import { isObject, type JsonObject } from "#server/couch/json.ts";
import type { Service } from "#tests/support/service.ts";

export interface Operator extends CouchClient {
  /** Changes a document as it now is. */
  change(database: string, id: string, step: (now: JsonObject) => JsonObject): Promise<void>;
}

const credentials = z.object({ name: z.string(), password: z.string() });

export function operatorOf({ url, data }: Service): Operator {
  const { name, password } = credentials.parse(JSON.parse(readFileSync(join(data, "admin.json"), "utf8")));
  const couch = couchClient({
    user: name,
    password,
    send: async (request) => {
      const { pathname, search } = new URL(request.url);
      const { method, headers } = request;
      const body = method === "GET" ? {} : { body: await request.text() };
      return fetch(`${url}/db${pathname}${search}`, { method, headers, ...body });
    },
  });
  return {
    ...couch,
    async change(database, id, step) {
      const path = documentPath(database, id);
      const now = await couch.read(path);
      if (!isObject(now)) throw new Error(`there is no ${path}`);
      await couch.write("PUT", path, step(now));
    },
  };
}
