// What a database that describes itself in one way or another is to a device that has read so far.
import { expect, it } from "vitest";
import { isBehind, isMadeAnew } from "#src/sync/checkpoint.ts";

const info = (instance: string, update_seq: string) => ({ instance_start_time: instance, update_seq });

it.each([
  ["seen for the first time", { since: "0" }, info("17", "9-x"), "the same"],
  ["the same, and further", { since: "7-x", instance: "17" }, info("17", "9-x"), "the same"],
  ["nothing new", { since: "9-x", instance: "17" }, info("17", "9-y"), "the same"],
  ["made anew", { since: "7-x", instance: "17" }, info("18", "9-x"), "made anew"],
  ["not as far as was read", { since: "12-x", instance: "17" }, info("17", "9-x"), "behind"],
  ["made anew, and not as far", { since: "12-x", instance: "17" }, info("18", "9-x"), "made anew, behind"],
  [
    "still to be compared",
    { since: "5-x", instance: "17", anew: true as const },
    info("17", "9-x"),
    "the same",
  ],
  ["with places that say nothing", { since: "abc", instance: "17" }, info("17", "abd"), "the same"],
  ["known from before it told who it is", { since: "7-x" }, info("17", "9-x"), "the same"],
])("a database that is %s", (_what, checkpoint, described, is) => {
  const found = [
    ...(isMadeAnew(checkpoint, described) ? ["made anew"] : []),
    ...(isBehind(described.update_seq, checkpoint.since) ? ["behind"] : []),
  ];
  expect(found.join(", ") || "the same").toBe(is);
});
