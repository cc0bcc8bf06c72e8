// The state of an open form: what is typed lives here and, at once, in a sealed draft on the device.
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { type Answer, answerAt, withAnswer } from "#src/domain/record/answer.ts";
import { newId } from "#src/domain/record/ids.ts";
import { instantOf } from "#src/domain/record/dates.ts";
import type { Draft } from "#src/domain/ports/store.ts";
import { type DraftState, draftWriterFor, openDrafts } from "./draft-writer.ts";
import { useWork, type Work } from "./work.tsx";

export interface OpenDraft {
  readonly id: string;
  readonly draft: Draft;
  /** Whether anything was ever put into it; an untouched form leaves no draft behind. */
  readonly touched: boolean;
  readonly saving: DraftState;
  answer(section: string, path: string): Answer;
  setAnswer(section: string, path: string, answer: Answer): void;
  /** Several answers of one section at once, in one write. */
  setAnswers(section: string, answers: Readonly<Record<string, Answer>>): void;
  setStep(step: string): void;
  /** Resolves when what was typed is on the device. */
  settled(): Promise<DraftState>;
}

export interface DraftOrigin {
  readonly form: string;
  readonly database: string;
  readonly case?: string;
  /** Continue this draft; a new one where it is not (any more) on this device. */
  readonly id?: string;
  /** What a new draft begins with: the present values, for an edit. */
  readonly initial?: Draft["values"];
  /** Where there is an unfinished draft of this form for this case, continue it. */
  readonly resume?: boolean;
}

export function useDraft(origin: DraftOrigin): OpenDraft {
  const work = useWork();
  const { profile, surroundings } = work;
  const { store } = profile;
  const [start] = useState(() => startOf(origin, work));
  const [draft, setDraft] = useState(start.draft);
  const [touched, setTouched] = useState(start.found);
  // Several answers can come within one render; each builds on the last, not on what was rendered.
  const latest = useRef(start.draft);
  const writer = useMemo(() => draftWriterFor(store, start.draft.id), [store, start]);
  // What could not be written is tried once more when the form is left.
  useEffect(() => () => void writer.settled(), [writer]);
  const saving = useSyncExternalStore(
    useCallback((listener: () => void) => writer.watch(listener), [writer]),
    () => writer.state,
  );

  function change(next: Draft): void {
    const stamped = { ...next, updatedAt: instantOf(surroundings.now()) };
    latest.current = stamped;
    setDraft(stamped);
    setTouched(true);
    writer.put(stamped);
  }

  function setAnswers(section: string, answers: Readonly<Record<string, Answer>>): void {
    const { values } = latest.current;
    let next = values[section] ?? {};
    for (const [path, answer] of Object.entries(answers)) next = withAnswer(next, path, answer);
    change({ ...latest.current, values: { ...values, [section]: next } });
  }

  return {
    id: draft.id,
    draft,
    touched,
    saving,
    answer: (section, path) => answerAt(draft.values[section], path),
    setAnswer: (section, path, answer) => setAnswers(section, { [path]: answer }),
    setAnswers,
    setStep: (step) => {
      // Looking at a form is not yet filling it in.
      if (touched) change({ ...latest.current, step });
      else {
        latest.current = { ...latest.current, step };
        setDraft(latest.current);
      }
    },
    settled: () => writer.settled(),
  };
}

/** The draft that a form continues, or a new one that is not written before something is typed. */
function startOf(origin: DraftOrigin, { profile, surroundings }: Work) {
  const { id, form, database, case: caseId, initial = {}, resume } = origin;
  const drafts = openDrafts(profile.store);
  const found = drafts.find((candidate) =>
    id === undefined
      ? resume === true &&
        candidate.form === form &&
        candidate.case === caseId &&
        candidate.database === database
      : candidate.id === id,
  );
  const now = instantOf(surroundings.now());
  const fresh: Draft = {
    id: id ?? newId((count) => surroundings.randomBytes(count)),
    form,
    database,
    values: initial,
    startedAt: now,
    updatedAt: now,
    ...(caseId === undefined ? {} : { case: caseId }),
  };
  return { draft: found ?? fresh, found: found !== undefined };
}
