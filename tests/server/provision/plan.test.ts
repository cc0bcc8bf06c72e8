// What is said of a plan that is not right: every problem, with its place; and that the example is right.
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { readPlan } from "#server/provision/plan.ts";

const example = readFileSync("docs/plan.example.json", "utf8");

interface Loose {
  country: unknown;
  minimumApp?: unknown;
  sites: Record<string, unknown>[];
  accounts: Record<string, unknown>[];
}

/** The example with something else in it. */
function broken(change: (plan: Loose) => void): string {
  const plan: Loose = JSON.parse(example);
  change(plan);
  return JSON.stringify(plan);
}

it("takes the example as it stands", () => {
  expect(readPlan(example)).toMatchObject({ ok: true, value: { country: "vn" } });
});

it.each([
  ["no JSON", "{", /^the file is not JSON/],
  ["a list", "[]", /^plan: /],
  ["no such country", broken((plan) => (plan.country = "th")), /^country: /],
  [
    "a site in capitals",
    broken((plan) => (plan.sites[1]!["id"] = "VN-GSO-1")),
    /^sites\[1\]\.id: not a site id/,
  ],
  [
    "a site of another country",
    broken((plan) => (plan.sites[1]!["id"] = "id-x-1")),
    /^sites\[1\]\.id: does not start/,
  ],
  [
    "another profile",
    broken((plan) => (plan.sites[0]!["profile"] = "id")),
    /^sites\[0\]\.profile: differs from country/,
  ],
  [
    "no such time zone",
    broken((plan) => (plan.sites[0]!["timeZone"] = "Da_Nang")),
    /^sites\[0\]\.timeZone: /,
  ],
  [
    "no Vietnamese name",
    broken((plan) => (plan.sites[0]!["names"] = { en: "a", id: "b" })),
    /^sites\[0\]\.names\.vi: /,
  ],
  [
    "an unknown parent",
    broken((plan) => (plan.sites[1]!["ancestors"] = ["vn-gso-1"])),
    /^sites\[1\]\.ancestors\[0\]: is no site/,
  ],
  [
    "itself as parent",
    broken((plan) => (plan.sites[1]!["ancestors"] = ["vn-gso-20320"])),
    /is the site itself/,
  ],
  [
    "one code for two sites",
    broken((plan) => (plan.sites[1]!["shortCode"] = "DNG")),
    /^sites\[1\]\.shortCode: stands twice/,
  ],
  [
    "one name for two people",
    broken((plan) => (plan.accounts[1]!["name"] = "hien.vo")),
    /^accounts\[1\]\.name: stands twice/,
  ],
  [
    "a colon in a name",
    broken((plan) => (plan.accounts[0]!["name"] = "hien:vo")),
    /^accounts\[0\]\.name: not an account name/,
  ],
  [
    "a role of CouchDB",
    broken((plan) => (plan.accounts[0]!["roles"] = ["_admin"])),
    /^accounts\[0\]\.roles\[0\]: is no role/,
  ],
  [
    "a role nowhere",
    broken((plan) => (plan.accounts[0]!["roles"] = ["cadre@vn-gso-9"])),
    /names a place that is no site/,
  ],
  [
    "a version of the app that is none",
    broken((plan) => (plan.minimumApp = "the newest")),
    /^minimumApp: not a version/,
  ],
  ["a password", broken((plan) => (plan.accounts[0]!["password"] = "x")), /^accounts\[0\]: .*password/],
])("refuses a plan with %s, and says where", (_what, text, problem) => {
  const read = readPlan(text);
  expect(read).toMatchObject({ ok: false, error: expect.arrayContaining([expect.stringMatching(problem)]) });
});

it("lists all problems at once", () => {
  const text = broken((plan) => {
    plan.sites[0]!["timeZone"] = "nowhere";
    plan.accounts[2]!["roles"] = [];
  });
  expect(readPlan(text)).toMatchObject({ ok: false, error: [expect.any(String), expect.any(String)] });
});
