// Which body a legal step usually goes to, named as the country itself names it for the province of a site.
import type { legalStatuses } from "#src/domain/records/code-lists.ts";
import { properNames, provinceOf } from "./areas.ts";
import type { Profile } from "./profile.ts";

type Status = (typeof legalStatuses)["codes"][number];

/** Cities that stand directly under the government; all others are called a province (Resolution 202/2025/QH15). */
const vietnamCities = ["vn-gso-01", "vn-gso-31", "vn-gso-46", "vn-gso-48", "vn-gso-79", "vn-gso-92"];

type Bodies = Readonly<Partial<Record<Status, string>>> & { readonly notified: string };
const bodies: Readonly<Record<Profile["id"], Bodies>> = {
  // Law 53/2024/QH15: the notice goes to the health agency, which verifies; the police identify.
  vn: { notified: "Sở Y tế", initially_verified: "Sở Y tế", identification_requested: "Công an" },
  // Permen PPPA 8/2021: complaints are received by the regional service unit.
  id: { notified: "UPTD PPA" },
};

/** Who is told that a person was received, as said to that person; without the province where the site lies in none. */
export const noticeBody = (profile: Profile["id"], site: Parameters<typeof provinceOf>[0]): string =>
  usualBody(profile, "notified", site) ?? bodies[profile].notified;

/** A first guess for whoever records the step, to be corrected; undefined where bodies differ from case to case. */
export function usualBody(
  profile: Profile["id"],
  to: Status,
  site: Parameters<typeof provinceOf>[0] | undefined,
): string | undefined {
  const body = bodies[profile][to];
  const province = site && provinceOf(site);
  const name = province === undefined ? undefined : properNames[province];
  if (body === undefined || province === undefined || name === undefined) return undefined;
  if (profile === "id") return `${body} Provinsi ${name}`;
  const bare = name.replace("Thành phố ", "");
  return `${body} ${vietnamCities.includes(province) ? "thành phố" : "tỉnh"} ${bare}`;
}
