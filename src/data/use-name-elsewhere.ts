// A name that this device does not keep: asked of the centre when somebody wants to see it, in memory while they look.
import { useState } from "react";
import { noteNameSeen } from "#src/domain/commands/note-name-seen.ts";
import type { NameFault } from "#src/domain/ports/exchange.ts";
import type { CaseFile } from "#src/domain/case-file/case-file.ts";
import { useCommand } from "./use-command.ts";
import { useWork } from "./work.tsx";

interface Told {
  readonly asking?: true;
  /** As the centre has it; empty where the person's record has none. */
  readonly name?: string;
  /** `notNoted`: that somebody looked could not be written down, so it is not shown. */
  readonly fault?: NameFault["type"] | "notNoted";
}

/** What is known goes with the screen: nothing of it is written anywhere but that somebody looked. */
export function useNameElsewhere({ case: { id, person }, siteId }: CaseFile): {
  readonly told: Told;
  readonly ask: () => Promise<void>;
} {
  const { exchange } = useWork();
  const note = useCommand(noteNameSeen);
  const [told, setTold] = useState<Told>({});
  const ask = async () => {
    if (person === undefined) return;
    setTold({ asking: true });
    const answer = await exchange.nameOf(siteId, person);
    if (!answer.ok) return setTold({ fault: answer.error.type });
    const noted = await note({ caseId: id });
    setTold(noted.ok ? { name: answer.value ?? "" } : { fault: "notNoted" });
  };
  return { told, ask };
}
