// Finds options by what is typed, without marks, đ or case, in any order of words.
import { foldedWords, foldText } from "#src/domain/text/fold.ts";
import type { ChoiceOption } from "./choice.tsx";

export interface Match {
  readonly option: ChoiceOption;
  /** The other name by which it was found, where its own was not what was typed. */
  readonly by: string | undefined;
}

/** Options of which every typed word begins a word of one name; those whose own name begins with what is typed come first. */
export function matchingOptions(options: readonly ChoiceOption[], typed: string): readonly Match[] {
  const wanted = foldedWords(typed);
  if (wanted.length === 0) return options.map((option) => ({ option, by: undefined }));
  const start = wanted.join(" ");
  const isNamed = (name: string) => {
    const words = foldedWords(name);
    return wanted.every((want) => words.some((word) => word.startsWith(want)));
  };
  const found = options.flatMap((option): Match[] => {
    if (isNamed(option.label)) return [{ option, by: undefined }];
    const by = option.also?.find(isNamed);
    return by === undefined ? [] : [{ option, by }];
  });
  const begins = ({ option, by }: Match) => by === undefined && foldText(option.label).startsWith(start);
  return [...found.filter(begins), ...found.filter((match) => !begins(match))];
}
