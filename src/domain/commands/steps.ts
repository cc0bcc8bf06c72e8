// Which next steps exist on an axis, and what each must say, for whoever holds certain roles.
import type { CaseFile } from "#src/domain/case-file/case-file.ts";
import { stageEvent } from "#src/domain/records/stage-event.ts";
import { statusEvent } from "#src/domain/records/status-event.ts";
import type { Role } from "#src/domain/roles.ts";
import { holdsAny } from "./command.ts";

type Status = CaseFile["status"]["at"];
type Stage = CaseFile["stage"]["at"];

/** Legal steps that may be recorded now by somebody who holds these roles, as far as the country knows them. */
export function statusSteps(file: CaseFile, held: ReadonlySet<Role>): readonly Status[] {
  return stepsFrom(statusEvent.transitions ?? [], file.status.at, held).filter((to): to is Status =>
    file.profile.legalStatuses.some((known) => known === to),
  );
}

/** Care stages that may be entered now by somebody who holds these roles. */
export function stageSteps(file: CaseFile, held: ReadonlySet<Role>): readonly Stage[] {
  return stepsFrom(stageEvent.transitions ?? [], file.stage.at, held).filter((to): to is Stage =>
    stageEvent.fields.to.list.codes.some((known) => known === to),
  );
}

function stepsFrom(
  transitions: readonly {
    readonly from: readonly string[];
    readonly to: string;
    readonly roles: readonly Role[];
  }[],
  at: string,
  held: ReadonlySet<Role>,
): readonly string[] {
  return transitions
    .filter((step) => step.from.includes(at) && holdsAny(held, step.roles))
    .map(({ to }) => to);
}

/** What an entry into a legal status must name, beside its date (domain: "enters when"). */
export const statusNeeds: Readonly<Partial<Record<Status, readonly (keyof typeof statusEvent.fields)[]>>> = {
  notified: ["responsibleBody", "how"],
  identification_requested: ["documentNumber"],
  extended: ["reason"],
  identified: ["documentKind", "documentNumber", "responsibleBody"],
  not_pursued: ["reason"],
};
