// The service itself goes on with what was broken off: at its start, and later.
import { expect, it } from "vitest";
import { CouchFault } from "#server/couch-client/couch-client.ts";
import { readJournal } from "#server/front-door/transfer-journal.ts";
import { resumeTransfer } from "#server/front-door/transfers.ts";
import { resumeTransfersForEver } from "#server/start/transfers-resumed.ts";
import { haiChau, hoaVang, movingCentre } from "#tests/server/front-door/moving.ts";

it("at once, and each time it is its turn, whatever one of them meets", async () => {
  const centre = await movingCentre();
  const { file } = await centre.story(hoaVang);
  const offer = await centre.offer(hoaVang, haiChau, file.id);
  await resumeTransfer(centre.deps, `s-${hoaVang}`, offer.id);
  let ring = (): void => undefined;
  const troubles: unknown[] = [];
  const timers = {
    every: (_ms: number, callBack: () => void) => {
      ring = callBack;
      return () => (ring = () => undefined);
    },
  };
  let isDown = true;
  const read: typeof centre.admin.read = (path) =>
    isDown ? Promise.reject(new Error("the store is down")) : centre.admin.read(path);
  const deps = centre.depsWith({ ...centre.admin, read });
  const stop = resumeTransfersForEver(deps, (error) => troubles.push(error), timers);
  await new Promise(setImmediate);
  expect(troubles).toHaveLength(1);
  isDown = false;
  await centre.answer(haiChau, offer, "accepted");
  ring();
  await stop();
  expect(await readJournal(centre.admin, { case: file.id, began: hoaVang })).toMatchObject({ site: haiChau });
  ring();
  expect(troubles).toHaveLength(1);
});

it("with all of them, also where one case throws each time", async () => {
  const centre = await movingCentre();
  const begun = async () => {
    const { file } = await centre.story(hoaVang);
    const offer = await centre.offer(hoaVang, haiChau, file.id);
    await resumeTransfer(centre.deps, `s-${hoaVang}`, offer.id);
    await centre.answer(haiChau, offer, "accepted");
    return { case: file.id, began: hoaVang };
  };
  const all = [await begun(), await begun(), await begun()];
  for (const broken of [new CouchFault(500, "no"), new TypeError("a bug")]) {
    const [first] = all;
    const read: typeof centre.admin.read = (path) =>
      path.includes(`transfer%3A${first?.case ?? ""}`) ? Promise.reject(broken) : centre.admin.read(path);
    const troubles: unknown[] = [];
    const deps = centre.depsWith({ ...centre.admin, read });
    const stop = resumeTransfersForEver(deps, (error) => troubles.push(error), {
      every: () => () => undefined,
    });
    await stop();
    expect(troubles).toEqual([broken]);
    const sites = await Promise.all(all.map((key) => readJournal(centre.admin, key)));
    expect(sites.map((journal) => journal?.site)).toEqual([hoaVang, haiChau, haiChau]);
  }
});
