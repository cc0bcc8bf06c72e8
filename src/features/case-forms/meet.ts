// An edit that meets a change which came in meanwhile: what can be taken over by itself, and what a person decides.
import { deepEqual } from "#src/domain/record/equal.ts";
import { type Fields, leavesOf } from "#src/domain/record/field.ts";
import type { FormValues } from "#src/domain/record/clean.ts";
import { type Answer, answerAt } from "#src/domain/record/answer.ts";

/** A field, or a group that is one unit (D14), with the paths of its leaves. */
export interface Grain {
  readonly name: string;
  readonly paths: readonly string[];
}

export interface Meeting {
  /** Changed by the other side alone: taken over. */
  readonly taken: readonly Grain[];
  /** Changed on both sides to different answers. */
  readonly contested: readonly Grain[];
}

export function grainsOf(fields: Fields): readonly Grain[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    if (field.kind !== "group") return [{ name, paths: [name] }];
    const paths = leavesOf(field.fields, `${name}.`).map(([path]) => path);
    return field.unit ? [{ name, paths }] : paths.map((path) => ({ name: path, paths: [path] }));
  });
}

/** `before`: the record when the form was opened; `mine`: the form now; `theirs`: the record now. */
export function meet(fields: Fields, before: FormValues, mine: FormValues, theirs: FormValues): Meeting {
  const taken: Grain[] = [];
  const contested: Grain[] = [];
  for (const grain of grainsOf(fields)) {
    const [was, typed, came] = [before, mine, theirs].map((values) =>
      grain.paths.map((path) => answerAt(values, path)),
    );
    if (deepEqual(was, came) || deepEqual(typed, came)) continue;
    (deepEqual(was, typed) ? taken : contested).push(grain);
  }
  return { taken, contested };
}

/** The answers of some grains as they stand in a record, by path. */
export function answersOf(grains: readonly Grain[], values: FormValues): Readonly<Record<string, Answer>> {
  return Object.fromEntries(
    grains.flatMap(({ paths }) => paths.map((path) => [path, answerAt(values, path)])),
  );
}
