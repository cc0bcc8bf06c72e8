// Finds options by what is typed, without marks, đ or case, in any order of words.
import { foldedWords, foldText } from "#src/domain/text/fold.ts";
import type { ChoiceOption } from "./choice.tsx";

/** Options of which every typed word begins a word; those that begin with what is typed come first. */
export function matchingOptions(options: readonly ChoiceOption[], typed: string): readonly ChoiceOption[] {
  const wanted = foldedWords(typed);
  if (wanted.length === 0) return options;
  const start = wanted.join(" ");
  const found = options.filter(({ label }) => {
    const words = foldedWords(label);
    return wanted.every((want) => words.some((word) => word.startsWith(want)));
  });
  const begins = (option: ChoiceOption) => foldText(option.label).startsWith(start);
  return [...found.filter(begins), ...found.filter((option) => !begins(option))];
}
