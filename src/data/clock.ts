// The time as the centre would have it, as far as this device knows (D17).
import { useEffect, useState } from "react";
import type { Acting } from "#src/domain/commands/command.ts";
import { instantOf } from "#src/domain/record/dates.ts";
import { useWork, type Work } from "./work.tsx";

/** Device time plus the last known offset from the centre; milliseconds since 1970. */
export function correctedNow({ profile, surroundings }: Work): number {
  const offset = profile.store.read.local("clockOffset");
  return surroundings.now() + (typeof offset === "number" ? offset : 0);
}

/** Who acts, now, here. */
export function actingOf(work: Work): Acting {
  const { profile, surroundings } = work;
  return {
    now: instantOf(correctedNow(work)),
    deviceTime: instantOf(surroundings.now()),
    user: { name: profile.account.name, roles: profile.account.roles },
    device: profile.device,
    randomBytes: (count) => surroundings.randomBytes(count),
  };
}

/** The time for screens, renewed every minute: what is due changes while one looks. */
export function useNow(): number {
  const work = useWork();
  const [now, setNow] = useState(() => correctedNow(work));
  useEffect(() => {
    const timer = setInterval(() => setNow(correctedNow(work)), 60_000);
    return () => clearInterval(timer);
  }, [work]);
  return now;
}
