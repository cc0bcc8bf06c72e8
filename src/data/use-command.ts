// Runs a command and writes what it says, together with the end of the draft it came from.
import { useCallback } from "react";
import type { Command, CommonError } from "#src/domain/commands/command.ts";
import type { Result } from "#src/domain/ports/result.ts";
import type { Change, StoreFault } from "#src/domain/ports/store.ts";
import { actingOf } from "./clock.ts";
import { forgetDraft } from "./draft-writer.ts";
import { useWork } from "./work.tsx";

export type CommandFault<E> = E | CommonError | StoreFault;

/** Answers with the changes that were written; after an error nothing was. */
export function useCommand<I, E extends { readonly type: string }>(
  command: Command<I, E>,
): (input: I, dropDraft?: string) => Promise<Result<readonly Change[], CommandFault<E>>> {
  const work = useWork();
  return useCallback(
    async (input, dropDraft) => {
      const { store } = work.profile;
      const planned = command.run(store.read, input, actingOf(work));
      if (!planned.ok) return planned;
      const written = await store.write({
        changes: planned.value,
        ...(dropDraft === undefined ? {} : { dropDrafts: [dropDraft] }),
      });
      if (!written.ok) return written;
      if (dropDraft !== undefined) forgetDraft(store, dropDraft);
      return planned;
    },
    [work, command],
  );
}
