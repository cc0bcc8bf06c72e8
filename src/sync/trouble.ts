// Everything that can go wrong with a request or with keeping its answer, and what a person is told of it.
import type { ExchangeFault } from "#src/domain/ports/exchange.ts";
import type { StoreFault } from "#src/domain/ports/store.ts";

export type Trouble =
  /** We ended it ourselves: stopped, locked, or told that the network is gone. */
  | { readonly kind: "stopped" }
  /** No answer, a broken one, or nothing moved for too long. */
  | { readonly kind: "unreachable" }
  /** Something answered that is not the centre. */
  | { readonly kind: "notTheCentre" }
  | { readonly kind: "passwordChanged" }
  /** The password was handed out: nothing is exchanged before it is changed. */
  | { readonly kind: "oneTimePassword" }
  /** The centre exchanges with later versions of the app only. */
  | { readonly kind: "appTooOld" }
  /** Signing in is refused, whatever the password: locked out. */
  | { readonly kind: "lockedOut"; readonly waitMs?: number }
  /** The centre's own refusal; `waitMs` when it said how long to wait. */
  | { readonly kind: "status"; readonly status: number; readonly reason: string; readonly waitMs?: number }
  /** Rows wait for a database that the account has no right to any more. */
  | { readonly kind: "noRight" }
  | { readonly kind: "storage"; readonly fault: StoreFault }
  /** A bug of ours. */
  | { readonly kind: "broken" };

/** Troubles of the whole way to the centre; the others belong to one database and leave the rest alone. */
export function stopsEverything(trouble: Trouble): boolean {
  if (trouble.kind === "status") return [429, 502, 503, 504].includes(trouble.status);
  return trouble.kind !== "noRight" && trouble.kind !== "broken";
}

/** Of those that stop everything: what a single database can cause too, which is broken or too large to be read. */
export function isPerhapsItsOwn(trouble: Trouble): boolean {
  if (trouble.kind === "status") return [502, 503, 504].includes(trouble.status);
  return trouble.kind === "unreachable" || trouble.kind === "notTheCentre";
}

export function faultOf(trouble: Trouble): ExchangeFault {
  switch (trouble.kind) {
    case "stopped":
    case "unreachable":
      return { kind: "offline" };
    case "notTheCentre":
    case "passwordChanged":
    case "oneTimePassword":
    case "appTooOld":
    case "broken":
      return { kind: trouble.kind };
    case "lockedOut":
    case "noRight":
      return { kind: "forbidden" };
    case "storage":
      return { kind: "storage" };
    case "status":
      return trouble.status === 401 || trouble.status === 403
        ? { kind: "forbidden" }
        : { kind: "centreFault", status: trouble.status };
  }
}
