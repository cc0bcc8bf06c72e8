// The same engine over real sockets and real time, with held-open requests through a real HTTP server.
import { once } from "node:events";
import { createAdaptorServer } from "@hono/node-server";
import { expect, it, onTestFinished, vi } from "vitest";
import type { TestCentre } from "./support/test-centre.ts";
import type { Way } from "./support/test-device.ts";
import { realTime } from "./support/virtual-time.ts";
import { createWorld } from "./support/world.ts";

async function serve(centre: TestCentre): Promise<Way> {
  const server = createAdaptorServer({ fetch: (request) => centre.handle(request) });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    if ("closeAllConnections" in server) server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return async (request) => {
    const { method, headers, signal } = request;
    const body = method === "POST" ? await request.text() : null;
    const url = request.url.replace("http://centre", `http://127.0.0.1:${port}`);
    return fetch(url, { method, headers, body, signal, redirect: "manual" });
  };
}

it("two devices see each other's records at once, and the server's feeds end with them", async () => {
  const { centre, device } = await createWorld(1, realTime);
  const way = await serve(centre);
  const an = await device("an", { online: false });
  const binh = await device("binh", { online: false });
  for (const each of [an, binh]) {
    each.way = way;
    each.connection(true);
  }
  // Real time tells the same story only once.
  const story = () => JSON.stringify([an, binh].map(({ exchange, log }) => [exchange.state, log]));
  await vi.waitFor(() => expect(centre.feeds().waiting, story()).toBe(6), { timeout: 20_000 });
  const saved = await an.newCase({ riskLevel: "high" });
  await vi.waitFor(() => expect(binh.case(saved.id)?.sync.state, story()).toBe("central"), {
    timeout: 20_000,
  });
  await vi.waitFor(() => expect(an.case(saved.id)?.sync.state, story()).toBe("central"), { timeout: 20_000 });
  await an.exchange.stop();
  await binh.exchange.stop();
  await vi.waitFor(() => expect(centre.feeds().open).toBe(0), { timeout: 20_000 });
});
