// The plan of an installation, as an operator writes it: sites and accounts, checked as a whole before anything is done.
import { z } from "zod";
import { site } from "#src/domain/records/site.ts";
import { err, ok, type Result } from "#src/domain/ports/result.ts";
import { parseRole } from "#src/domain/roles.ts";
import { versionPattern } from "#src/domain/app-version.ts";

const oneLine = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .transform((text) => text.normalize("NFC"));

const siteId = z.string().regex(/^[a-z][a-z0-9-]{0,60}$/, {
  error: "not a site id: small letters, digits and hyphens, like vn-gso-48",
});
const profileId = z.enum(["vn", "id"]);

const plannedSite = z.strictObject({
  id: siteId,
  names: z.strictObject({ vi: oneLine(120), en: oneLine(120), id: oneLine(120) }),
  kind: z.enum(site.fields.kind.list.codes),
  /** Nearest first. */
  ancestors: z.array(siteId).max(10),
  timeZone: z.string().refine(isTimeZone, { error: "not a time zone, like Asia/Ho_Chi_Minh" }),
  shortCode: z.string().regex(/^[A-Z]{2,6}$/, { error: "not 2 to 6 capital letters" }),
  profile: profileId,
  phones: z.array(oneLine(120)).max(20).default([]),
});

const plannedAccount = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, {
    error: "not an account name: small letters, digits, dot, hyphen, underscore",
  }),
  displayName: oneLine(120),
  roles: z.array(z.string()).min(1).max(50),
});

const planSchema = z
  .strictObject({
    country: profileId,
    /** The oldest version of the app that may exchange records. */
    minimumApp: z.string().regex(versionPattern, { error: "not a version, like 1.4.0" }).optional(),
    sites: z.array(plannedSite).min(1),
    accounts: z.array(plannedAccount),
  })
  .superRefine((plan, context) => {
    const complain = (path: (string | number)[], message: string) => {
      context.addIssue({ code: "custom", path, message });
    };
    const places = new Set(plan.sites.map(({ id }) => id));
    const seen = new Set<string>();
    const once = (key: string, path: (string | number)[]) => {
      if (seen.has(key)) complain(path, "stands twice");
      seen.add(key);
    };
    for (const [index, { id, ancestors, profile, shortCode }] of plan.sites.entries()) {
      const at = (name: string) => ["sites", index, name];
      once(`site ${id}`, at("id"));
      once(`code ${shortCode}`, at("shortCode"));
      if (profile !== plan.country) complain(at("profile"), "differs from country: two countries never mix");
      if (!id.startsWith(`${plan.country}-`))
        complain(at("id"), `does not start with "${plan.country}-", the country`);
      for (const [step, ancestor] of ancestors.entries()) {
        if (ancestor === id) complain([...at("ancestors"), step], "is the site itself");
        else if (!places.has(ancestor)) complain([...at("ancestors"), step], "is no site of this plan");
      }
    }
    for (const [index, { name, roles }] of plan.accounts.entries()) {
      once(`account ${name}`, ["accounts", index, "name"]);
      for (const [step, role] of roles.entries()) {
        const path = ["accounts", index, "roles", step];
        const placed = parseRole(role);
        if (placed === undefined) complain(path, "is no role at a place, like cadre@vn-gso-20194");
        else if (!places.has(placed.place)) complain(path, "names a place that is no site of this plan");
      }
    }
  });

export type Plan = z.output<typeof planSchema>;
export type PlannedSite = Plan["sites"][number];
export type PlannedAccount = Plan["accounts"][number];

/** @returns the plan, or every problem as `path: what` */
export function readPlan(text: string): Result<Plan, readonly string[]> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return err([`the file is not JSON: ${error instanceof Error ? error.message : "unreadable"}`]);
  }
  const read = planSchema.safeParse(value);
  if (read.success) return ok(read.data);
  return err(read.error.issues.map(({ path, message }) => `${pathText(path)}: ${message}`));
}

/** `sites[2].timeZone`, as one would write it in code. */
function pathText(path: readonly PropertyKey[]): string {
  const text = path
    .map((step) => (typeof step === "number" ? `[${String(step)}]` : `.${String(step)}`))
    .join("")
    .replace(/^\./, "");
  return text === "" ? "plan" : text;
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}
