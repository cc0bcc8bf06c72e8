// What a page still holds in its memory, as a debugger would see it.
import type { Page } from "playwright-core";
import { z } from "zod";

const snapshot = z.object({ strings: z.array(z.string()) });

/**
 * Every string in the page's JavaScript memory that is still reachable; garbage is collected first.
 * V8 cuts strings longer than 1,024 characters.
 */
export async function heapStrings(page: Page): Promise<readonly string[]> {
  const protocol = await page.context().newCDPSession(page);
  const chunks: string[] = [];
  protocol.on("HeapProfiler.addHeapSnapshotChunk", ({ chunk }) => chunks.push(chunk));
  await protocol.send("HeapProfiler.enable");
  await protocol.send("HeapProfiler.collectGarbage");
  await protocol.send("HeapProfiler.takeHeapSnapshot", { reportProgress: false });
  await protocol.detach();
  return snapshot.parse(JSON.parse(chunks.join(""))).strings;
}
