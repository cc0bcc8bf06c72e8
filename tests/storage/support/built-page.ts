// Builds and serves the page in which storage is tried in a real browser, under the product's own headers.
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { withHeaders } from "#server/front-door/headers.ts";
import { servePages, type Pages } from "#tests/support/pages.ts";

const entry = fileURLToPath(new URL("../page/page.ts", import.meta.url));

/** The same bundler and the same way of making workers as the product; nothing is written to the disk. */
export async function serveStoragePage(): Promise<Pages> {
  const built = await build({
    configFile: false,
    logLevel: "warn",
    worker: { format: "es" },
    build: {
      write: false,
      target: ["chrome111"],
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      rolldownOptions: { input: entry, output: { entryFileNames: "page.js" } },
    },
  });
  const texts: Record<string, string> = {
    "/": '<!doctype html><script type="module" src="/page.js"></script>',
    "/favicon.ico": "",
  };
  for (const { output } of [built].flat().filter((each) => "output" in each))
    for (const file of output)
      texts[`/${file.fileName}`] =
        file.type === "chunk" ? file.code : Buffer.from(file.source).toString("utf8");
  const { headers } = withHeaders(new Response(), null, { secure: false, store: true });
  return servePages(texts, Object.fromEntries(headers));
}
