// Builds and serves the harness page under the product's own headers, whatever address is asked for.
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { build } from "vite";
import { withHeaders } from "#server/front-door/headers.ts";
import { type Pages, servePages } from "#tests/support/pages.ts";

const entry = fileURLToPath(new URL("page.tsx", import.meta.url));

/** The same bundler as the product; nothing is written to the disk. */
export async function serveHarness(): Promise<Pages> {
  const built = await build({
    configFile: false,
    logLevel: "error",
    plugins: [react()],
    build: {
      write: false,
      target: ["chrome111"],
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      cssCodeSplit: false,
      // In one piece: while a screen is still on its way, the last one would be looked at in its place.
      rolldownOptions: { input: entry, output: { entryFileNames: "page.js", codeSplitting: false } },
    },
  });
  const texts: Record<string, string> = { "/favicon.ico": "" };
  const styles: string[] = [];
  for (const { output } of [built].flat().filter((each) => "output" in each))
    for (const file of output) {
      const path = `/${file.fileName}`;
      texts[path] = file.type === "chunk" ? file.code : Buffer.from(file.source).toString("utf8");
      if (path.endsWith(".css")) styles.push(`<link rel="stylesheet" href="${path}" />`);
    }
  texts["/"] =
    `<!doctype html><html lang="vi"><head><meta charset="utf-8" /><title>Sổ công tác</title>` +
    `<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />${styles.join("")}` +
    `</head><body><div id="root"></div><script type="module" src="/page.js"></script></body></html>`;
  for (const locale of ["vi", "en", "id"]) texts[`/manifest.${locale}.webmanifest`] = "{}";
  const { headers } = withHeaders(new Response(), null, { secure: false, store: true });
  return servePages(texts, Object.fromEntries(headers));
}
