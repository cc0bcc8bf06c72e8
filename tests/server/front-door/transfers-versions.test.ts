// A case as old as two versions of the product: it goes to the other site whole, in the words of today.
import { expect, it, onTestFinished } from "vitest";
import type { AnyRecord } from "#src/domain/record/define.ts";
import { definitions } from "#src/domain/records/index.ts";
import { resumeAsked } from "#server/front-door/transfers-door.ts";
import { resumeTransfer } from "#server/front-door/transfers.ts";
import { ruleTable } from "#server/rule/rule-table.ts";
import { haiChau, hoaVang, movingCentre } from "./moving.ts";

/** From now on the product is two versions on: the centre takes the third and the second. */
function twoVersionsOn(type: "note" | "plan_item"): void {
  const definition = definitions[type];
  const rule = ruleTable.types[type];
  if (!rule) throw new Error("no rule");
  const before = { definition: { ...definition }, rule: { ...rule } };
  onTestFinished(() => {
    Object.assign(definition, before.definition);
    Object.assign(rule, { before: undefined }, before.rule);
  });
  const { fields } = definition;
  const same = { fields, read: (record: AnyRecord) => record };
  const { known, leaves } = rule;
  Object.assign(definition, { version: 3, earlier: { 1: same, 2: same } });
  Object.assign(rule, { version: 3, before: { known, leaves, fields: rule.fields } });
}

it("is lifted on the way, what never changes and what does, and nothing of it lies in the inbox", async () => {
  const centre = await movingCentre();
  const { file, notes, plan } = await centre.story(hoaVang);
  const offer = await centre.offer(hoaVang, haiChau, file.id);
  await resumeTransfer(centre.deps, `s-${hoaVang}`, offer.id);
  await centre.answer(haiChau, offer, "accepted");
  twoVersionsOn("note");
  twoVersionsOn("plan_item");
  for (let times = 0; times < 2; times++)
    expect(await resumeAsked(centre.deps, { database: `s-${hoaVang}`, ids: [offer.id] })).toEqual({
      [offer.id]: "done",
    });
  for (const record of [...notes, plan])
    expect(await centre.read(`s-${haiChau}`, record.id)).toMatchObject({ ...record, version: 3 });
  expect((await centre.live(`s-${hoaVang}`)).map(({ type }) => type)).not.toContain("note");
  const kept = [...(await centre.centre.documents("neo-ve")).keys()];
  expect(kept.filter((id) => id.startsWith("inbox:"))).toEqual([]);
});

it("that a later version has written waits where it is, whole, until the centre knows that version", async () => {
  const centre = await movingCentre();
  const { file, notes } = await centre.story(hoaVang);
  const offer = await centre.offer(hoaVang, haiChau, file.id);
  await resumeTransfer(centre.deps, `s-${hoaVang}`, offer.id);
  await centre.answer(haiChau, offer, "accepted");
  const { note } = ruleTable.types;
  if (!note) throw new Error("no rule");
  onTestFinished(() => {
    Object.assign(note, { version: 1, before: undefined });
  });
  Object.assign(note, { version: 2 });
  const later = { ...centre.noteOf(hoaVang, file.id), version: 2 };
  await centre.write(`s-${hoaVang}`, later);
  Object.assign(note, { version: 1 });
  const asked = () => resumeAsked(centre.deps, { database: `s-${hoaVang}`, ids: [offer.id] });
  expect(await asked()).toEqual({ [offer.id]: "waiting" });
  for (const record of [...notes, later, file])
    expect(await centre.read(`s-${hoaVang}`, record.id)).toMatchObject(record);
  const other = await centre.story(hoaVang);
  const second = await centre.offer(hoaVang, haiChau, other.file.id);
  await resumeTransfer(centre.deps, `s-${hoaVang}`, second.id);
  await centre.answer(haiChau, second, "accepted");
  expect(await resumeTransfer(centre.deps, `s-${hoaVang}`, second.id)).toMatchObject({ state: "done" });
  Object.assign(note, { version: 2, before: { ...note } });
  expect(await asked()).toEqual({ [offer.id]: "done" });
  expect(await centre.read(`s-${haiChau}`, later.id)).toMatchObject(later);
});
