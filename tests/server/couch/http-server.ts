// Puts a server of the tests on a port of 127.0.0.1, as the service does.
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import type { Couch } from "#server/couch/couch.ts";

export interface HttpServer {
  url: string;
  close(): Promise<void>;
}

export async function listen(couch: Couch): Promise<HttpServer> {
  const server = createAdaptorServer({
    fetch: (request) => couch.handle(request, { address: "127.0.0.1" }),
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (!isInet(address)) throw new Error("not listening on a port");
  return {
    url: `http://127.0.0.1:${String(address.port)}`,
    close: async () => {
      couch.close();
      if ("closeAllConnections" in server) server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

const isInet = (address: string | AddressInfo | null): address is AddressInfo =>
  typeof address === "object" && address !== null;
