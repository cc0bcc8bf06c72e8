// A small web server for tests that need a page of their own in a real browser.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

const types: Record<string, string> = { js: "text/javascript", css: "text/css", png: "image/png" };

export interface Pages {
  /** Origin, without a slash at the end. */
  readonly url: string;
  close(): Promise<void>;
}

/** Serves texts by path on 127.0.0.1, as HTML unless the path ends in .js, .css or .png; everything else is a 404. */
export async function servePages(
  texts: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Pages> {
  const server = createServer((asked, reply) => {
    const path = asked.url ?? "";
    const type = types[path.split(".")[1] ?? ""] ?? "text/html";
    reply.writeHead(path in texts ? 200 : 404, { ...headers, "content-type": `${type}; charset=utf-8` });
    reply.end(texts[path]);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A TCP server's address is an object; only a pipe's is a string.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
