// A bundle of somebody whose case has moved away while there was no network: what is in it arrives where the case is now.
import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { BundleItem } from "#src/domain/bundle/bundle.ts";
import { takeBundlePart } from "#server/front-door/bundles.ts";
import { deviceDirectory } from "#server/front-door/device-directory.ts";
import { inbox } from "#server/front-door/inbox.ts";
import { resumeTransfer } from "#server/front-door/transfers.ts";
import { handMadeBundle, newSigner } from "#tests/support/hand-made-bundle.ts";
import { city, haiChau, hoaVang, movingCentre } from "./moving.ts";

const agePublicKey = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";

/** A case without a name has gone to the other site; what is brought in by file was written at the first one. */
async function moved() {
  const centre = await movingCentre();
  const { deps } = centre;
  const { file, plan } = await centre.story(hoaVang);
  const offer = await centre.offer(hoaVang, haiChau, file.id);
  await centre.answer(haiChau, offer, "accepted");
  const unnamed = await centre.newCase(hoaVang);
  const second = await centre.offer(hoaVang, haiChau, unnamed.id);
  await centre.answer(haiChau, second, "accepted");
  for (const { id } of [offer, second])
    expect(await resumeTransfer(deps, `s-${hoaVang}`, id)).toMatchObject({ state: "done" });

  const phone = newSigner();
  const directory = deviceDirectory(deps);
  const { signingPublicKey } = phone;
  await directory.publish("an", "device-of-an", { agePublicKey, signingPublicKey });
  const from = { account: "an", device: "device-of-an" };
  const lan = { name: "lan", roles: [`supervisor@${city}`] };
  const bring = async (...parts: readonly (readonly BundleItem[])[]) => {
    const { head, signature, parts: texts } = handMadeBundle(phone, from, parts);
    const outcomes = [];
    for (const part of texts)
      outcomes.push(
        await takeBundlePart({ ...deps, directory, inbox: inbox(deps) }, lan, { head, signature, part }),
      );
    return outcomes.flat();
  };
  const inInbox = async () =>
    [...(await centre.centre.documents("neo-ve")).keys()].filter((id) => id.startsWith("inbox:"));
  return { ...centre, file, plan, unnamed, bring, inInbox };
}

it("brings an edit to the site that the case went to, with its author and with who brought it", async () => {
  const { plan, edited, read, bring, inInbox } = await moved();
  const record = edited(hoaVang, plan, "status", "agreed");
  const item = { database: `s-${hoaVang}`, record };
  expect(await bring([item])).toEqual([{ database: `s-${hoaVang}`, id: plan.id, is: "accepted" }]);
  expect(await read(`s-${haiChau}`, plan.id)).toMatchObject({
    status: "agreed",
    updatedBy: "an",
    relayedBy: "lan",
  });
  expect(await read(`s-${hoaVang}`, plan.id)).toBeUndefined();
  expect(await bring([item])).toEqual([{ database: `s-${hoaVang}`, id: plan.id, is: "already there" }]);
  expect(await inInbox()).toEqual([]);
});

describe("a name that comes by file alone, of a case that has gone without one", () => {
  it.each(["before", "after", "with"])(
    "reaches the case's site, %s the edit that says whose it is",
    async (when) => {
      const { unnamed, bring, live, read, edited, inInbox, ...centre } = await moved();
      const name = { ...centre.noteOf(hoaVang, unnamed.id), type: "person" };
      const { text: _text, case: _case, ...stamps } = { text: "", ...name };
      const changing = { updatedAt: stamps.createdAt, updatedBy: "an" };
      const person = { ...stamps, ...changing, ...{ displayName: "Nói ra sau cùng" } };
      const names = { database: `p-${hoaVang}`, record: person };
      const said = { database: `s-${hoaVang}`, record: edited(hoaVang, unnamed, "person", person.id) };
      const parts =
        { before: [[names], [said]], after: [[said], [names]], with: [[said, names]] }[when] ?? [];
      for (const { is } of z.array(z.object({ is: z.string() })).parse(await bring(...parts)))
        expect(is).toBe("accepted");
      expect(await read(`s-${haiChau}`, unnamed.id)).toMatchObject({ person: person.id });
      expect(await read(`p-${haiChau}`, person.id)).toMatchObject({
        displayName: "Nói ra sau cùng",
        createdBy: "an",
        relayedBy: "lan",
      });
      expect(await live(`p-${hoaVang}`)).toEqual([]);
      expect(await inInbox()).toEqual([]);
    },
  );
});

it("brings what is new of the case on to its site, and lets what is of the first site lie there", async () => {
  const { file, bring, live, read, noteOf, newCase } = await moved();
  const [late, other] = [noteOf(hoaVang, file.id, "muộn"), noteOf(hoaVang, (await newCase(hoaVang)).id)];
  const items = [late, other].map((record) => ({ database: `s-${hoaVang}`, record }));
  expect(await bring(items)).toMatchObject([{ is: "accepted" }, { is: "accepted" }]);
  expect(await read(`s-${haiChau}`, late.id)).toMatchObject({ createdBy: "an", relayedBy: "lan" });
  const notes = (await live(`s-${hoaVang}`)).filter(({ type }) => type === "note");
  expect(notes.map(({ id }) => id)).toEqual([other.id]);
});
