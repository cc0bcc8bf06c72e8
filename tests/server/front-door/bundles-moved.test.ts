// A bundle of somebody whose case has moved away while there was no network: what is in it arrives where the case is now.
import { expect, it } from "vitest";
import { takeBundlePart } from "#server/front-door/bundles.ts";
import { deviceDirectory } from "#server/front-door/device-directory.ts";
import { inbox } from "#server/front-door/inbox.ts";
import { resumeTransfer } from "#server/front-door/transfers.ts";
import { handMadeBundle, newSigner } from "#tests/support/hand-made-bundle.ts";
import { city, haiChau, hoaVang, movingCentre } from "./moving.ts";

const agePublicKey = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";

it("brings an edit to the site that the case went to, with its author and with who brought it", async () => {
  const centre = await movingCentre();
  const { deps } = centre;
  const { file, plan } = await centre.story(hoaVang);
  const offer = await centre.offer(hoaVang, haiChau, file.id);
  await centre.answer(haiChau, offer, "accepted");
  expect(await resumeTransfer(deps, `s-${hoaVang}`, offer.id)).toMatchObject({ state: "done" });

  const phone = newSigner();
  const directory = deviceDirectory(deps);
  const { signingPublicKey } = phone;
  await directory.publish("an", "device-of-an", { agePublicKey, signingPublicKey });
  const record = centre.edited(hoaVang, plan, "status", "agreed");
  const from = { account: "an", device: "device-of-an" };
  const bundle = handMadeBundle(phone, from, [[{ database: `s-${hoaVang}`, record }]]);
  const { head, signature, parts } = bundle;
  const said = { head, signature, part: parts[0] ?? "" };
  const lan = { name: "lan", roles: [`supervisor@${city}`] };
  const bring = () => takeBundlePart({ ...deps, directory, inbox: inbox(deps) }, lan, said);
  expect(await bring()).toEqual([{ database: `s-${hoaVang}`, id: plan.id, is: "accepted" }]);
  expect(await centre.read(`s-${haiChau}`, plan.id)).toMatchObject({
    status: "agreed",
    updatedBy: "an",
    relayedBy: "lan",
  });
  expect(await centre.read(`s-${hoaVang}`, plan.id)).toBeUndefined();
  expect(await bring()).toEqual([{ database: `s-${hoaVang}`, id: plan.id, is: "already there" }]);
  expect(
    [...(await centre.centre.documents("neo-ve")).keys()].filter((id) => id.startsWith("inbox:")),
  ).toEqual([]);
});
