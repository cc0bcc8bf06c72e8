// Which databases a device keeps, said once more by hand from D1 and D2.
import { expect, it } from "vitest";
import { databasesOf } from "#src/sync/databases-of.ts";

const sites = [
  { siteId: "vn-gso-48", ancestors: [] },
  { siteId: "vn-gso-20194", ancestors: ["vn-gso-48"] },
  { siteId: "vn-gso-20195", ancestors: ["vn-gso-48"] },
  { siteId: "vn-gso-20194-2", ancestors: ["vn-gso-20194", "vn-gso-48"] },
  { siteId: "vn-gso-01", ancestors: [] },
];

it.each([
  ["nobody", [], [], []],
  ["staff without a place", ["staff"], [], ["directory"]],
  [
    "a cadre: both databases of the own site, and nothing else",
    ["staff", "cadre@vn-gso-20194"],
    ["vn-gso-20195"],
    ["directory", "s-vn-gso-20194", "p-vn-gso-20194"],
  ],
  [
    "a social worker likewise",
    ["staff", "social_worker@vn-gso-20195"],
    [],
    ["directory", "s-vn-gso-20195", "p-vn-gso-20195"],
  ],
  [
    "a supervisor: by code of the own site and of all below, no names",
    ["staff", "supervisor@vn-gso-48"],
    [],
    ["directory", "s-vn-gso-20194", "s-vn-gso-20194-2", "s-vn-gso-20195", "s-vn-gso-48"],
  ],
  [
    "a supervisor who keeps names: of the own site and of direct children only",
    ["staff", "supervisor@vn-gso-48"],
    ["vn-gso-48", "vn-gso-20194", "vn-gso-20194-2", "vn-gso-01"],
    [
      "directory",
      "s-vn-gso-20194",
      "s-vn-gso-20194-2",
      "s-vn-gso-20195",
      "s-vn-gso-48",
      "p-vn-gso-20194",
      "p-vn-gso-48",
    ],
  ],
  [
    "an administrator: no case database",
    ["staff", "administrator@vn-gso-48"],
    ["vn-gso-20194"],
    ["directory"],
  ],
  [
    "two roles: the databases of both",
    ["staff", "cadre@vn-gso-01", "administrator@vn-gso-48"],
    [],
    ["directory", "s-vn-gso-01", "p-vn-gso-01"],
  ],
  ["roles nobody knows", ["staff", "minister@vn-gso-48", "cadre"], [], ["directory"]],
])("%s", (_name, roles, keepNames, databases) => {
  expect(databasesOf(roles, sites, keepNames)).toEqual(databases);
});

it("knows a cadre's databases before the directory has ever come", () => {
  expect(databasesOf(["staff", "cadre@vn-gso-20194"], [], [])).toEqual([
    "directory",
    "s-vn-gso-20194",
    "p-vn-gso-20194",
  ]);
});
