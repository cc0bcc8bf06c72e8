// What screens stand on: the open profile with its store and exchange, handed down from the composition root.
import { createContext, type ReactNode, use } from "react";
import type { Exchange } from "#src/domain/ports/exchange.ts";
import type { Surroundings } from "#src/domain/ports/surroundings.ts";
import type { OpenProfile } from "#src/domain/ports/vault.ts";

export interface Work {
  readonly profile: OpenProfile;
  readonly exchange: Exchange;
  readonly surroundings: Surroundings;
}

const WorkContext = createContext<Work | undefined>(undefined);

export function WorkProvider({ work, children }: { work: Work; children: ReactNode }) {
  return <WorkContext value={work}>{children}</WorkContext>;
}

/** The open profile; throws outside of one, which is a bug of the caller. */
export function useWork(): Work {
  const work = use(WorkContext);
  if (!work) throw new Error("no profile is open here");
  return work;
}
