// Keeps the open edit of a record together with what others change in it meanwhile; nothing typed is lost.
import { useEffect, useMemo } from "react";
import type { FormValues } from "#src/domain/record/clean.ts";
import type { AnyRecord, Definition } from "#src/domain/record/define.ts";
import type { Draft } from "#src/domain/ports/store.ts";
import { formValues } from "./form-values.ts";
import { answersOf, type Grain, meet } from "./meet.ts";
import type { OpenCaseForm } from "./use-case-form.ts";

/** Section of the draft that holds the record as it was when the form was opened. */
export const beforeSection = "before";

/** Nothing is saved over somebody else's answer before a person chose between the two. */
export const undecided =
  (definition: Definition, record: AnyRecord | undefined, section: string) =>
  (values: Draft["values"]): { readonly type: "DecideFirst" } | undefined => {
    const mine = values[section] ?? {};
    const { contested } = meet(
      definition.fields,
      values[beforeSection] ?? {},
      mine,
      formValues(definition, record),
    );
    return contested.length > 0 ? { type: "DecideFirst" } : undefined;
  };

export interface OpenMeeting {
  /** The record as it stands now. */
  readonly theirs: FormValues;
  readonly contested: readonly Grain[];
  readonly keepMine: (grain: Grain) => void;
  readonly takeTheirs: (grain: Grain) => void;
}

/** `restart` opens an untouched form anew. */
export function useMeeting(
  open: OpenCaseForm,
  definition: Definition,
  record: AnyRecord | undefined,
  section: string,
  restart: () => void,
): OpenMeeting {
  const { draft, isSaving } = open;
  const { touched, setAnswers } = draft;
  const mine = open.values[section];
  const before = open.values[beforeSection];
  const theirs = useMemo(() => formValues(definition, record), [definition, record]);
  const { taken, contested } = useMemo(
    () => meet(definition.fields, before ?? {}, mine ?? {}, theirs),
    [definition, before, mine, theirs],
  );
  useEffect(() => {
    if (taken.length === 0 || isSaving()) return;
    if (!touched) return restart();
    const answers = answersOf(taken, theirs);
    setAnswers(section, answers);
    setAnswers(beforeSection, answers);
  });
  const decide = (grain: Grain, into: readonly string[]) => {
    for (const name of into) setAnswers(name, answersOf([grain], theirs));
  };
  return {
    theirs,
    contested,
    keepMine: (grain) => decide(grain, [beforeSection]),
    takeTheirs: (grain) => decide(grain, [section, beforeSection]),
  };
}
