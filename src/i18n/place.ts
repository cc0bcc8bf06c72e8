// Where and when the reader works: the site's time zone and country rules, and today's date there.
import { createContext, useContext } from "react";
import { localDate } from "#src/domain/record/dates.ts";
import type { Profile } from "#src/domain/profiles/profile.ts";

export interface Place {
  readonly profile: Profile["id"];
  /** The province of the site, by its code in the profile: what is likely there stands first. */
  readonly province?: string | undefined;
  /** IANA name of the site's time zone (D17). */
  readonly timeZone: string;
  /** The corrected clock, milliseconds since 1970. */
  readonly now: () => number;
}

/** Before anybody has signed in there is no site: the device's own zone and clock. */
const beforeSignIn: Place = {
  profile: "vn",
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  now: () => Date.now(),
};

const PlaceContext = createContext<Place>(beforeSignIn);
/** The session wraps the signed-in screens in `<PlaceProvider value={{ profile, province, timeZone, now }}>`. */
export const PlaceProvider = PlaceContext.Provider;

/** The place, and today's date there as `YYYY-MM-DD`. */
export function usePlace(): Place & { readonly today: string } {
  const place = useContext(PlaceContext);
  return { ...place, today: localDate(place.now(), place.timeZone) };
}
