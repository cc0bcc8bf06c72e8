// Where reading goes on in a database that describes itself in one way or another.
import { expect, it } from "vitest";
import { checkAgainst } from "#src/sync/checkpoint.ts";

const info = (instance: string, update_seq: string) => ({ instance_start_time: instance, update_seq });

it.each([
  ["a first look remembers the database", { since: "0" }, info("17", "9-x"), "0"],
  ["the same database: where we were", { since: "7-x", instance: "17" }, info("17", "9-x"), "7-x"],
  ["nothing new", { since: "9-x", instance: "17" }, info("17", "9-y"), "9-x"],
  ["made anew: from the beginning", { since: "7-x", instance: "17" }, info("18", "9-x"), "0", true],
  [
    "put back from a backup: from the beginning",
    { since: "12-x", instance: "17" },
    info("17", "9-x"),
    "0",
    true,
  ],
  [
    "still to be compared: as before",
    { since: "5-x", instance: "17", anew: true as const },
    info("17", "9-x"),
    "5-x",
    true,
  ],
  ["sequences that say nothing are left alone", { since: "abc", instance: "17" }, info("17", "abd"), "abc"],
  ["a checkpoint from before identities", { since: "7-x" }, info("17", "9-x"), "7-x"],
])("%s", (_name, checkpoint, described, since, anew = false) => {
  const instance = described.instance_start_time;
  expect(checkAgainst(checkpoint, described)).toEqual({ since, instance, ...(anew && { anew }) });
});
