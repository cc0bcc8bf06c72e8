// What is too large to lie beside the inbox's own words in one document of the record store.
// Characters of two code units stand where it is cut: no piece may begin with half of one.
import { expect, it } from "vitest";
import { movingCentre } from "./moving.ts";

const database = "s-vn-gso-48";

it("keeps a record of the largest size that a site takes, and what came with it, each once", async () => {
  const { centre, deps } = await movingCentre();
  const id = (number: number) => `3f2a8f5e-0000-4000-8000-00000000000${String(number)}`;
  const large = {
    id: id(1),
    type: "plan_item",
    history: `${"😊".repeat(100_000)}${"“Đã hẹn” ".repeat(35_285)}`,
  };
  const size = Buffer.byteLength(JSON.stringify(large));
  expect(size).toBeGreaterThan(999_000);
  expect(size).toBeLessThan(1_000_000);
  const records = [large, { id: id(2), type: "note", text: "kèm theo" }].map((record) => ({ record, state: "refused" as const, reason: "size" })); // prettier-ignore
  for (let times = 0; times < 2; times++)
    expect(await deps.inbox.keep("an", { database, records })).toEqual([id(1), id(2)]);
  const kept = [...(await centre.documents("neo-ve")).values()].filter(({ _id }) =>
    String(_id).startsWith("inbox:"),
  );
  const pieces = kept
    .filter((document) => "piece" in document)
    .toSorted((a, b) => Number(Reflect.get(a, "piece")) - Number(Reflect.get(b, "piece")));
  expect(kept).toHaveLength(1 + pieces.length);
  expect(pieces.map((piece) => Reflect.get(piece, "of"))).toEqual(pieces.map(() => pieces.length));
  const text = pieces.map((piece) => String(Reflect.get(piece, "text"))).join("");
  expect(JSON.parse(text)).toEqual(records[0]);
});
