// Binds the front door to a socket on this machine: the only place where requests come off the network.
import { createServer, type IncomingMessage, type Server } from "node:http";
import { isIP } from "node:net";
import { getRequestListener } from "@hono/node-server";
import type { FrontDoor } from "#server/front-door/front-door.ts";
import { codeOf, Problem } from "./problem.ts";

const HOST = "127.0.0.1";
const LIMITS = {
  maxHeaderSize: 16_384,
  /** Milliseconds in which the headers, and the whole of a request, must have come. A phone may send slowly. */
  headersTimeout: 30_000,
  requestTimeout: 300_000,
  keepAliveTimeout: 65_000,
};
/** Milliseconds that open requests get to end by themselves when the service stops. */
const GRACE_MS = 2_000;

export interface Listening {
  port: number;
  close: () => Promise<void>;
}

/**
 * @param port 0 for any free one
 * @param options.trustProxy everything comes through a proxy of ours, which appends to `X-Forwarded-For` whom it serves
 * @throws Problem where the port is taken
 */
export async function listen(
  frontDoor: FrontDoor,
  port: number,
  { trustProxy }: { trustProxy: boolean },
): Promise<Listening> {
  const answer = getRequestListener((request, { incoming }) => {
    const caller = incoming.socket.remoteAddress ?? "";
    return frontDoor(request, { address: trustProxy ? (servedByProxy(request) ?? caller) : caller });
  });
  const server = createServer(LIMITS, (incoming, outgoing) => {
    outgoing.once("finish", () => {
      readOver(incoming);
    });
    void answer(incoming, outgoing);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => {
      reject(portProblem(error, port));
    });
    server.listen(port, HOST, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : port,
    close: () => closeServer(server),
  };
}

/**
 * A body that was answered unread holds up the connection until it is cut, together with the next request on it: behind
 * a proxy that is another person's. The web stream made of it would pause it again after each piece.
 */
function readOver(incoming: IncomingMessage): void {
  if (incoming.readableEnded) return;
  incoming.removeAllListeners("data");
  incoming.resume();
}

/** The last address is the one that the proxy saw itself; what stands before it anybody may have written. */
function servedByProxy(request: Request): string | undefined {
  const named = request.headers.get("x-forwarded-for")?.split(",").at(-1)?.trim();
  return named !== undefined && isIP(named) !== 0 ? named : undefined;
}

function portProblem(error: Error, port: number): Error {
  const code = codeOf(error);
  if (code === "EADDRINUSE")
    return new Problem(`Port ${String(port)} is in use. Name another with --port or PORT.`);
  if (code === "EACCES") return new Problem(`Port ${String(port)} may not be used. Name one above 1023.`);
  return error;
}

async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => {
      resolve();
    });
  });
  server.closeIdleConnections();
  const timer = setTimeout(() => {
    server.closeAllConnections();
  }, GRACE_MS);
  await closed;
  clearTimeout(timer);
}
