// Finds cases by what people remember of them: names in any order and without marks, code, commune, phone.
import MiniSearch from "minisearch";
import { readCaseCode } from "#src/domain/case-file/case-code.ts";
import type { CaseFile } from "#src/domain/case-file/case-file.ts";
import type { Reader } from "#src/domain/ports/store.ts";
import { properNames } from "#src/domain/profiles/areas.ts";
import { foldedWords, foldText } from "#src/domain/text/fold.ts";
import { allCases } from "./case-queries.ts";

interface Known {
  readonly id: string;
  readonly name: string;
  readonly code: string;
  readonly place: string;
  readonly phone: string;
}

interface Index {
  revision: number;
  readonly words: MiniSearch<Known>;
  readonly known: Map<string, CaseFile>;
}

// An index lives as long as its store: with the lock both are forgotten.
const indexes = new WeakMap<Reader, Index>();

/** Ids of the cases found, the best first; undefined where nothing was asked. */
export function searchCases(read: Reader, typed: string): readonly string[] | undefined {
  const asked = foldText(readCaseCode(typed) ?? typed);
  return asked === ""
    ? undefined
    : indexOf(read)
        .words.search(asked)
        .map(({ id }) => String(id));
}

function indexOf(read: Reader): Index {
  let index = indexes.get(read);
  if (!index) indexes.set(read, (index = { revision: -1, words: emptyIndex(), known: new Map() }));
  if (index.revision === read.revision) return index;
  for (const file of allCases(read)) {
    const { id } = file.case;
    const before = index.known.get(id);
    if (before === file) continue;
    index.known.set(id, file);
    const document = documentOf(file);
    if (before) index.words.replace(document);
    else index.words.add(document);
  }
  index.revision = read.revision;
  return index;
}

function emptyIndex(): MiniSearch<Known> {
  return new MiniSearch<Known>({
    fields: ["name", "code", "place", "phone"],
    // Both sides are folded before they come here; the words stand between single spaces.
    tokenize: (text) => text.split(" "),
    processTerm: (term) => term || null,
    searchOptions: { prefix: true, combineWith: "AND", boost: { name: 4, code: 3, phone: 2 } },
  });
}

function documentOf(file: CaseFile): Known {
  const person = file.person?.record;
  const { homeArea, safeContact } = person ?? {};
  const province = homeArea?.province === undefined ? "" : (properNames[homeArea.province] ?? "");
  return {
    id: file.case.id,
    name: foldText(person?.displayName ?? ""),
    code: apartAndTogether(file.case.code),
    place: foldText([homeArea?.commune, province, file.site?.names.vi].join(" ")),
    phone: apartAndTogether(safeContact?.phone ?? ""),
  };
}

/** Codes and numbers are typed with and without what stands between their parts. */
function apartAndTogether(text: string): string {
  const words = foldedWords(text);
  return words.length > 1 ? [...words, words.join("")].join(" ") : words.join("");
}
