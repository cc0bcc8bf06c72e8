// What is typed and is no answer: kept as it is, so that it can be put right, and judged once somebody wants to go on.
import { createContext, useContext } from "react";
import type { FormValues } from "#src/domain/record/clean.ts";

/** Nothing but space is no answer at all. */
export const notUnderstood = (text: string): { readonly typed?: string } =>
  text.trim() === "" ? {} : { typed: text.trim() };

/** Names of the inputs of a form in which something stands that is no answer. */
export const notUnderstoodIn = (values: Readonly<Record<string, FormValues>>): readonly string[] =>
  Object.entries(values).flatMap(([section, held]) => typedPaths(held).map((path) => `${section}.${path}`));

const typedPaths = ({ typed }: FormValues): readonly string[] =>
  typeof typed === "object" && typed !== null ? Object.keys(typed) : [];

/** Of the question of this name, the control that is marked as wrong, else the first; null where it is not asked. */
export const wrongControl = (form: HTMLElement, name: string): HTMLElement | null =>
  form.querySelector<HTMLElement>(`[data-field="${name}"] [aria-invalid="true"]`) ??
  form.querySelector<HTMLElement>(`[name="${name}"]`);

/** Somebody has asked to go on: from then on half an answer is a mistake, even while the control has the focus. */
export const Judged = createContext(false);
export const useJudged = (): boolean => useContext(Judged);
