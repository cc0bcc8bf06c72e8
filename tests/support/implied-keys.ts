// The text keys that records and country profiles imply, so that a locale can be checked against them.
import { type Definition, nonAnswers, sectionOf } from "#src/domain/record/define.ts";
import { type CodeList, leavesOf } from "#src/domain/record/field.ts";
import { properNames } from "#src/domain/profiles/areas.ts";
import { profiles } from "#src/domain/profiles/index.ts";
import { definitions } from "#src/domain/records/index.ts";

const everyDefinition: readonly Definition[] = Object.values(definitions);
const everyProfile = Object.values(profiles);

function codeKeys(list: CodeList): readonly string[] {
  if (list.byProfile) {
    const used = { legalStatus: "legalStatuses", service: "services" } as const;
    const name = list.name === "legalStatus" || list.name === "service" ? used[list.name] : undefined;
    if (!name) throw new Error(`profiles do not say which codes of ${list.name} they use`);
    return everyProfile.flatMap((profile) =>
      profile[name].map((code) => `code.${list.name}.${profile.id}.${code}`),
    );
  }
  const ownNames = list.codes.filter((code) => {
    if (list.names === "profile") return properNames[code] === undefined;
    return list.names === "locale" || !/^[A-Z]{2}$/.test(code);
  });
  return ownNames.map((code) => `code.${list.name}.${code}`);
}

/** Keys that must exist, and no others of their families may: `field.`, `code.`, `clock.`, `recordType.`, `unanswered.`. */
export function impliedKeys(): ReadonlySet<string> {
  return new Set([
    ...everyDefinition.flatMap((definition) => [
      `recordType.${definition.type}`,
      ...leavesOf(definition.fields).flatMap(([path, field]) => [
        `field.${sectionOf(definition.type)}.${path}`,
        ...(field.kind === "code" || field.kind === "codes" ? codeKeys(field.list) : []),
      ]),
    ]),
    ...everyProfile.flatMap((profile) => profile.clocks.map((clock) => `clock.${profile.id}.${clock.name}`)),
    ...[...nonAnswers, "notAsked"].map((reason) => `unanswered.${reason}`),
  ]);
}
