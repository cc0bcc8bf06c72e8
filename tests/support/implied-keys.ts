// The text keys that records and country profiles imply, so that a locale can be checked against them.
import { type Definition, nonAnswers, sectionOf } from "#src/domain/record/define.ts";
import { type CodeList, leavesOf } from "#src/domain/record/field.ts";
import { properNames } from "#src/domain/profiles/areas.ts";
import { profiles } from "#src/domain/profiles/index.ts";
import { usedCodes } from "#src/domain/profiles/used-codes.ts";
import { definitions } from "#src/domain/records/index.ts";
import { roles } from "#src/domain/roles.ts";

const everyDefinition: readonly Definition[] = Object.values(definitions);
const everyProfile = Object.values(profiles);

function codeKeys(list: CodeList): readonly string[] {
  if (list.byProfile) {
    return everyProfile.flatMap((profile) =>
      usedCodes(list, profile).map((code) => `code.${list.name}.${profile.id}.${code}`),
    );
  }
  const ownNames = list.codes.filter((code) => {
    if (list.names === "profile") return properNames[code] === undefined;
    return list.names === "locale" || !/^[A-Z]{2}$/.test(code);
  });
  return ownNames.map((code) => `code.${list.name}.${code}`);
}

/** Keys that must exist, and no others of their families may (see `locale-problems.ts`). */
export function impliedKeys(): ReadonlySet<string> {
  return new Set([
    ...everyDefinition.flatMap((definition) => [
      `recordType.${definition.type}`,
      ...leavesOf(definition.fields).flatMap(([path, field]) => [
        `field.${sectionOf(definition.type)}.${path}`,
        ...(field.kind === "code" || field.kind === "codes" ? codeKeys(field.list) : []),
      ]),
    ]),
    ...everyProfile.flatMap((profile) => [
      ...roles.map((role) => `role.${profile.id}.${role}`),
      `source.${profile.id}.visits`,
      `source.${profile.id}.transfer`,
      ...profile.clocks.flatMap(({ name, warnDays }) => [
        `clock.${profile.id}.${name}`,
        `source.${profile.id}.${name}`,
        ...(warnDays.length > 1 ? warnDays.map((days) => `warning.${profile.id}.${name}.${days}`) : []),
      ]),
    ]),
    ...[...nonAnswers, "notAsked", "notNoted"].map((reason) => `unanswered.${reason}`),
  ]);
}
