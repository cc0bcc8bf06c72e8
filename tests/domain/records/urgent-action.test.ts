// An action on an urgent flag, as the first version wrote it: only a check raised flags then (D16).
import { expect, it } from "vitest";
import { checkRecord } from "#src/domain/record/check.ts";
import { readAsCurrent } from "#src/domain/record/upcast.ts";

const stamps = {
  id: "0b1c5d0e-1111-4222-8333-444455556666",
  type: "urgent_action",
  version: 1,
  createdAt: "2026-03-02T01:00:00.000Z",
  createdBy: "hoa",
  device: "phone-1",
  deviceTime: "2026-03-02T01:00:00.000Z",
  case: "0b1c5d0e-aaaa-4bbb-8ccc-ddddeeeeffff",
};
const check = "0b1c5d0e-7777-4888-8999-000011112222";

it("is read as naming the check that raised the flag", () => {
  const told = { flag: "suicidal", action: "Đã gọi bác sĩ", doneAt: "2026-03-02T01:00:00.000Z" };
  const { record, newer } = readAsCurrent({ ...stamps, ...told, check } as typeof stamps);
  expect(newer).toBe(false);
  expect(record).toEqual({ ...stamps, ...told, version: 2, raisedBy: check });
  expect(checkRecord("s-vn-gso-20194", record)).toEqual([]);
});
