// The built app: its files, and its page for every address inside the app.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { serveStatic } from "@hono/node-server/serve-static";
import { Hono } from "hono";
import { compress } from "hono/compress";
import { etag } from "hono/etag";

/** The bundler writes a hash of the content into the names below. */
const HASHED = "/assets/";

/** @param folder the built app; it holds `index.html` */
export function staticFiles(folder: string): (request: Request) => Response | Promise<Response> {
  const app = new Hono();
  app.use(compress());
  app.use(async (context, next) => {
    if (context.req.method !== "GET" && context.req.method !== "HEAD")
      return context.text("Method not allowed.\n", 405, { Allow: "GET, HEAD" });
    await next();
    const lasting = context.req.path.startsWith(HASHED) && context.res.ok;
    context.header("Cache-Control", lasting ? "public, max-age=31536000, immutable" : "no-cache");
    return undefined;
  });
  app.use(etag());
  app.use(serveStatic({ root: folder }));
  app.all("*", async (context) =>
    isPage(context.req.path)
      ? context.html(await readFile(join(folder, "index.html"), "utf8"))
      : context.text("Not found.\n", 404),
  );
  app.onError((_error, context) => context.text("The app is not here.\n", 500));
  return (request) => app.fetch(request);
}

/** An address inside the app has no extension; a missing file must not look like a page. */
function isPage(path: string): boolean {
  return !path.startsWith(HASHED) && !path.slice(path.lastIndexOf("/")).includes(".");
}
