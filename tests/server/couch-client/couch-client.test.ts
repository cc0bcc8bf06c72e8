// A record store that is there and says nothing holds nobody: what waits behind it goes on, and is tried again.
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterEach, expect, it } from "vitest";
import { couchClient, CouchFault } from "#server/couch-client/couch-client.ts";
import { sendOverHttp } from "#server/start/record-store.ts";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

let stop = (): void => undefined;
afterEach(() => {
  stop();
});

/** @param answer to everything but the sign-in */
async function storeThat(answer: (response: ServerResponse) => void) {
  const server = createServer((request, response) => {
    if (request.url !== "/_session") {
      answer(response);
      return;
    }
    response.setHeader("set-cookie", "AuthSession=x; Path=/");
    response.end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  stop = () => {
    server.closeAllConnections();
    server.close();
  };
  const { port } = server.address() as AddressInfo;
  const send = sendOverHttp(new URL(`http://127.0.0.1:${String(port)}`));
  return couchClient({ send, user: "operator", password: "x", patienceMs: 300 });
}

it.each([
  ["never answers", () => undefined],
  [
    "stops in the middle of its answer",
    (response: ServerResponse) => {
      response.writeHead(200, { "content-type": "application/json" });
      response.write('{"ok":');
    },
  ],
  [
    "breaks off in the middle of its answer",
    (response: ServerResponse) => {
      response.writeHead(200, { "content-type": "application/json" });
      response.write('{"ok":', () => response.destroy());
    },
  ],
])("a store that %s is given up as one out of reach", async (_what, answer) => {
  const admin = await storeThat(answer);
  const fault = new CouchFault(undefined, "");
  await expect(admin.read("/neo-ve/x")).rejects.toMatchObject({ name: fault.name, status: undefined });
  await expect(admin.write("PUT", "/neo-ve/x", {})).rejects.toMatchObject({
    name: fault.name,
    status: undefined,
  });
});

it("a store that stops in the middle of its answer is given up, whatever of the request is collected meanwhile", async () => {
  const admin = await storeThat((response) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.write('{"ok":');
  });
  const collecting = setInterval(collectGarbage, 20);
  try {
    await expect(admin.read("/neo-ve/x")).rejects.toMatchObject({ name: "CouchFault", status: undefined });
  } finally {
    clearInterval(collecting);
  }
}, 20_000);
