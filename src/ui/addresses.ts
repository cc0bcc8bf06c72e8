// The addresses of the product (docs/interface.md): each path beside what builds a link to it.

export const paths = {
  today: "/",
  unlock: "/unlock",
  cases: "/cases",
  case: "/cases/:id",
  /** A form about a case: see `CaseForm`. */
  caseForm: "/cases/:id/edit/:form",
  visit: "/cases/:id/visits/new",
  /** What another site asks of this one: to take over a case. */
  transfer: "/transfers/:id",
  receive: "/receive",
  sync: "/sync",
  /** What is handed on by file where there is no network. */
  byFile: "/sync/file",
  devices: "/devices",
  administration: "/administration",
  settings: "/settings",
  gallery: "/gallery",
} as const;

export type CaseForm =
  | "person"
  | "plan"
  | "details"
  | "owner"
  | "status"
  | "stage"
  | "flag"
  | "urgent"
  | "contact"
  | "consent"
  | "note"
  | "duplicate"
  | "void"
  | "transfer";

export const addressOf = {
  case: (id: string) => `/cases/${id}`,
  /** `about` is the id of the record the form is about: a record to void; of a flag see below. */
  caseForm: (id: string, form: CaseForm, about?: string) =>
    `/cases/${id}/edit/${form}${about === undefined ? "" : `?about=${encodeURIComponent(about)}`}`,
  /** What was done about one open flag: the record that raised it, and which of its flags. */
  flag: (id: string, raisedBy: string, flag: string): string =>
    addressOf.caseForm(id, "flag", `${raisedBy}.${flag}`),
  transfer: (id: string) => `/transfers/${id}`,
  visit: (id: string) => `/cases/${id}/visits/new`,
  receive: (draft: string, step: string) =>
    `/receive?draft=${encodeURIComponent(draft)}&step=${encodeURIComponent(step)}`,
  /** Where to go after unlocking; a path of ours only, anything else leads to Today. */
  unlock: (returnTo: string, why?: "elsewhere"): string => {
    const query = new URLSearchParams();
    if (returnTo !== "/" && !returnTo.startsWith(paths.unlock)) query.set("return", returnTo);
    if (why !== undefined) query.set("closed", why);
    return query.size === 0 ? paths.unlock : `${paths.unlock}?${query.toString()}`;
  },
} as const;

/** Why the app was closed here, as the address says it. */
export const wasTakenOver = (search: string): boolean =>
  new URLSearchParams(search).get("closed") === "elsewhere";

/** The path asked for in `?return=`; never another origin. */
export function returnPath(search: string): string {
  const asked = new URLSearchParams(search).get("return") ?? paths.today;
  const fine = /^\/(?![/\\])/.test(asked) && !asked.startsWith(paths.unlock);
  return fine ? asked : paths.today;
}
