// When the next round is due by itself: the last word counts, and a later one only where it is sooner.
import { expect, it } from "vitest";
import { createAlarm } from "#src/sync/alarm.ts";
import { createVirtualTime } from "./support/virtual-time.ts";

function newAlarm() {
  const time = createVirtualTime();
  const start = time.now();
  const rung: number[] = [];
  const alarm = createAlarm({
    after: time.after,
    deviceNow: time.now,
    ring: () => void rung.push(time.now() - start),
    log: () => undefined,
  });
  return { time, rung, alarm };
}

it("rings once, at the moment that was set last", async () => {
  const { time, rung, alarm } = newAlarm();
  alarm.set(1_000);
  alarm.set(3_000);
  await time.pass(10_000);
  expect(rung).toEqual([3_000]);
});

it.each([
  ["sooner: it takes the place", 3_000, 1_000, [1_000]],
  ["later: what is due stays", 1_000, 3_000, [1_000]],
])("what is asked for is %s", async (_which, first, second, expected) => {
  const { time, rung, alarm } = newAlarm();
  alarm.set(first);
  alarm.setSooner(second);
  await time.pass(10_000);
  expect(rung).toEqual(expected);
});

it("what has rung or was called off is due no more: anything is sooner", async () => {
  const { time, rung, alarm } = newAlarm();
  alarm.set(1_000);
  await time.pass(2_000);
  alarm.setSooner(5_000);
  await time.pass(5_000);
  alarm.set(1_000);
  alarm.callOff();
  alarm.setSooner(2_000);
  await time.pass(10_000);
  expect(rung).toEqual([1_000, 7_000, 9_000]);
});
