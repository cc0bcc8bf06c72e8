// The addresses of the product (docs/interface.md): each path beside what builds a link to it.

export const paths = {
  today: "/",
  unlock: "/unlock",
  cases: "/cases",
  case: "/cases/:id",
  /** A form about a case: see `CaseForm`. */
  caseForm: "/cases/:id/edit/:form",
  visit: "/cases/:id/visits/new",
  receive: "/receive",
  sync: "/sync",
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
  | "void";

export const addressOf = {
  case: (id: string) => `/cases/${id}`,
  /** `about` is the id of the record the form is about: a record to void; of a flag see below. */
  caseForm: (id: string, form: CaseForm, about?: string) =>
    `/cases/${id}/edit/${form}${about === undefined ? "" : `?about=${encodeURIComponent(about)}`}`,
  /** What was done about one open flag: the record that raised it, and which of its flags. */
  flag: (id: string, raisedBy: string, flag: string): string =>
    addressOf.caseForm(id, "flag", `${raisedBy}.${flag}`),
  visit: (id: string) => `/cases/${id}/visits/new`,
  receive: (draft: string, step: string) =>
    `/receive?draft=${encodeURIComponent(draft)}&step=${encodeURIComponent(step)}`,
  /** Where to go after unlocking; a path of ours only, anything else leads to Today. */
  unlock: (returnTo: string) =>
    returnTo === "/" || returnTo.startsWith(paths.unlock)
      ? paths.unlock
      : `${paths.unlock}?return=${encodeURIComponent(returnTo)}`,
} as const;

/** The path asked for in `?return=`; never another origin. */
export function returnPath(search: string): string {
  const asked = new URLSearchParams(search).get("return") ?? paths.today;
  const fine = /^\/(?![/\\])/.test(asked) && !asked.startsWith(paths.unlock);
  return fine ? asked : paths.today;
}
