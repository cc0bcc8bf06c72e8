// Who works with the product, and how a role is bound to a place (D2).

export const roles = ["cadre", "social_worker", "supervisor", "administrator"] as const;
export type Role = (typeof roles)[number];

/** Roles that work with people's files; the administrator sees no case content. */
export const caseRoles = ["cadre", "social_worker", "supervisor"] as const satisfies readonly Role[];

/** Member role of the directory: everybody who works with the product has it. */
export const staff = "staff";

/** `supervisor@vn-gso-48` */
export type PlacedRole = `${Role}@${string}`;

const pattern = /^([a-z_]+)@([a-z0-9-]+)$/;

/** Reads `cadre@vn-gso-20194`; undefined for anything that is not a role of ours at a place. */
export function parseRole(text: string): { role: Role; place: string } | undefined {
  const [, name, place] = pattern.exec(text) ?? [];
  const role = roles.find((known) => known === name);
  return role && place ? { role, place } : undefined;
}

/** The member roles of a site's two databases: its own people, and supervisors above it (D2). */
export function memberRoles(
  database: "site" | "identity",
  site: { readonly id: string; readonly ancestors: readonly string[] },
): readonly PlacedRole[] {
  // Ancestors stand nearest first; a name opens to the direct parent only, a file to all above.
  const above = database === "site" ? site.ancestors : site.ancestors.slice(0, 1);
  return [
    ...caseRoles.map((role): PlacedRole => `${role}@${site.id}`),
    ...above.map((place): PlacedRole => `supervisor@${place}`),
  ];
}

/** Whether somebody with these roles may open this database of a site. */
export function mayOpen(
  database: "site" | "identity",
  { siteId, ancestors }: { readonly siteId: string; readonly ancestors: readonly string[] },
  held: readonly string[],
): boolean {
  return memberRoles(database, { id: siteId, ancestors }).some((role) => held.includes(role));
}
