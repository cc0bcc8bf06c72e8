// Finds everything wrong with the locale files: what is missing, surplus, left in English, broken, or against the glossary.

export type LocaleFile = Readonly<Record<string, string>>;

export interface GlossaryTerm {
  readonly en: string;
  readonly vi: string;
  readonly id: string;
}

export interface LocaleCheck {
  readonly vi: LocaleFile;
  readonly en: LocaleFile;
  readonly id: LocaleFile;
  /** Keys that must exist; no others of their families may. */
  readonly implied: ReadonlySet<string>;
  /** All text of the product's source, joined. */
  readonly source: string;
  readonly glossary: readonly GlossaryTerm[];
  /** Texts that are rightly the same in English and in another language. */
  readonly sameInEnglish: ReadonlySet<string>;
}

const impliedFamilies = /^(field|code|clock|source|warning|role|recordType|unanswered)\./;
const placeholders = (text: string) => [...new Set(text.match(/\{\{[^{}]*\}\}/g) ?? [])].sort().join(" ");
const words = (text: string) => text.replace(/\{\{[^{}]*\}\}/g, "").replace(/[^\p{L}]+/gu, "");

/** What the product never says, and what it says instead. */
const forbidden = {
  vi: [
    [/trẻ em/iu, "người dưới 18 tuổi"],
    [/đối tượng/iu, "người được hỗ trợ"],
    [/buôn (bán )?người/iu, "mua bán người"],
    [/thông dịch|phiên dịch viên/iu, "người phiên dịch"],
    [/tái hòa nhập/iu, "hòa nhập cộng đồng"],
    [/nhân viên xã hội/iu, "nhân viên công tác xã hội"],
    [/bộ đội biên phòng|Bộ đội biên phòng|(?<!ộ đội )[bB]iên phòng/u, "Bộ đội Biên phòng"],
    [/Sở y tế|(?<!cơ )sở [yY] tế/u, "Sở Y tế"],
    [/tiếp đón/iu, "tiếp nhận"],
    [/đồng bộ hóa/iu, "đồng bộ"],
  ],
  id: [
    [/\b(kamu|kalian)\b/iu, "Anda"],
    [/\banda\b/u, "Anda"],
  ],
} as const;

/** One line per problem, `kind: key …`; empty when all is well. */
export function localeProblems(check: LocaleCheck): readonly string[] {
  const keys = [...new Set([check.vi, check.en, check.id].flatMap((file) => Object.keys(file)))].sort();
  return [
    ...[...check.implied].filter((key) => !keys.includes(key)).map((key) => `missing: ${key}`),
    ...keys.flatMap((key) => [...presence(check, key), ...wording(check, key)]),
    ...keys.filter((key) => !isUsed(check, key)).map((key) => `surplus: ${key}`),
  ];
}

function presence({ vi, en, id }: LocaleCheck, key: string): string[] {
  return Object.entries({ vi, en, id })
    .filter(([, file]) => !file[key]?.trim())
    .map(([locale]) => `missing: ${key} in ${locale}`);
}

function wording({ vi, en, id, glossary, sameInEnglish }: LocaleCheck, key: string): string[] {
  const english = en[key] ?? "";
  const problems: string[] = [];
  for (const [locale, file] of [
    ["vi", vi],
    ["id", id],
  ] as const) {
    const text = file[key];
    if (text === undefined) continue;
    if (placeholders(text) !== placeholders(english)) problems.push(`placeholder: ${key} in ${locale}`);
    if (words(text) !== "" && text === english && !sameInEnglish.has(english))
      problems.push(`english: ${key} in ${locale}`);
    for (const [pattern, better] of forbidden[locale])
      if (pattern.test(text)) problems.push(`forbidden: ${key} in ${locale}, say "${better}"`);
  }
  for (const text of [vi[key], english, id[key]])
    if (text !== undefined && /[{}]/.test(text.replace(/\{\{\w+\}\}/g, "")))
      problems.push(`placeholder: ${key} has a loose brace`);
  const term = glossary.find(({ en }) => same(en, english));
  for (const [said, wanted] of term ? [[vi[key], term.vi] as const, [id[key], term.id] as const] : [])
    if (said !== undefined && !alternatives(wanted).some((word) => contains(said, word)))
      problems.push(`glossary: ${key} should say "${wanted}"`);
  return problems;
}

const same = (term: string, english: string) =>
  alternatives(term).some((wanted) => wanted.toLowerCase() === english.trim().toLowerCase());
const contains = (text: string, wanted: string) => text.toLowerCase().includes(wanted.toLowerCase());

/** "follow-up (visit)" → itself and "follow-up"; "setujui / meminta" → both. */
function alternatives(term: string): readonly string[] {
  const split = term.split(" / ").map((part) => part.trim());
  return [...new Set([term, ...split, ...split.map((part) => part.replace(/\s*\(.*\)/, ""))])];
}

function isUsed({ implied, source }: LocaleCheck, key: string): boolean {
  if (impliedFamilies.test(key)) return implied.has(key);
  if (key.startsWith("help.")) return implied.has(key.replace("help.", "field."));
  const asked = key.replace(/_(one|other)$/, "");
  if (source.includes(`"${asked}"`)) return true;
  return builtAtRunTime(source).some(({ start, end }) => {
    if (!asked.startsWith(start) || !asked.endsWith(end)) return false;
    const inserted = asked.slice(start.length, asked.length - end.length);
    // What is put in must be a word of the source: a code, a state, the name of an error.
    return inserted.split(".").every((word) => new RegExp(`\\b${word}\\b`, "u").test(source));
  });
}

const families = new Map<string, readonly { start: string; end: string }[]>();
/** `error.${fault.type}` → start "error.", end "". */
function builtAtRunTime(source: string) {
  let found = families.get(source);
  if (!found) {
    const templates = source.matchAll(/`([a-zA-Z]+\.(?:[\w.]*\.)?)\$\{[^`]*\}([\w.]*)`/g);
    found = [...templates].map(([, start = "", end = ""]) => ({ start, end }));
    families.set(source, found);
  }
  return found;
}
