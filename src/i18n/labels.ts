// Names of fields and codes in the reader's language, from the keys that records imply.
import { useMemo } from "react";
import type { CodeList } from "#src/domain/record/field.ts";
import type { NonAnswer } from "#src/domain/record/define.ts";
import { properNames } from "#src/domain/profiles/areas.ts";
import type { Profile } from "#src/domain/profiles/profile.ts";
import type { RecordType } from "#src/domain/records/index.ts";
import type { Role } from "#src/domain/roles.ts";
import type { Locale } from "./locales.ts";
import type { FieldKey, FieldPath, MessageKey, Section } from "./message-key.ts";
import { usePlace } from "./place.ts";
import { i18n } from "./texts.ts";
import { type Translate, useTexts } from "./use-texts.ts";

/** What a label needs of a list: a `CodeList`, or its two telling properties. */
type NamedList = Pick<CodeList, "name" | "byProfile" | "names">;

export interface Labels {
  /** `fieldLabel("person", "homeArea.commune")` */
  readonly fieldLabel: <S extends Section>(section: S, path: FieldPath<S>) => string;
  /** The same for an address known at run time only, such as a path in a history; the path itself where none exists. */
  readonly fieldLabelAt: (section: string, path: string) => string;
  /** One or two sentences of help, where there are any. */
  readonly fieldHelp: (section: string, path: string) => string | undefined;
  /** `codeLabel(riskLevels, "high")`; the code itself for one that no text is known for. */
  readonly codeLabel: (list: NamedList, code: string, profile?: Profile["id"]) => string;
  /** What a clock of a country profile asks for: `clockLabel("notify")`. */
  readonly clockLabel: (name: string, profile?: Profile["id"]) => string;
  /** Where a clock, or the schedule of visits (`visits`), was read, in the reader's language. */
  readonly sourceLabel: (name: string, profile?: Profile["id"]) => string;
  /** What to do when a clock warns so many days before its end; undefined where it warns once. */
  readonly warningLabel: (name: string, days: number, profile?: Profile["id"]) => string | undefined;
  /** A role as the country calls it. */
  readonly roleLabel: (role: Role, profile?: Profile["id"]) => string;
  readonly nonAnswerLabel: (reason: NonAnswer | "notAsked" | "notNoted") => string;
  readonly recordTypeLabel: (type: RecordType) => string;
}

const keyOf = <S extends Section>(section: S, path: FieldPath<S>) => `field.${section}.${path}` as FieldKey;
const exists = (key: string): key is MessageKey => i18n.exists(key);

// Making one costs far more than asking it; a country list asks 250 times.
const regions = new Map<Locale, Intl.DisplayNames>();
function regionName(locale: Locale, region: string): string {
  let names = regions.get(locale);
  if (!names) regions.set(locale, (names = new Intl.DisplayNames(locale, { type: "region" })));
  return names.of(region) ?? region;
}

function labelsIn(t: Translate, locale: Locale, ownProfile: Profile["id"]): Labels {
  return {
    fieldLabel: (section, path) => t(keyOf(section, path)),
    fieldLabelAt(section, path) {
      const key = `field.${section}.${path}`;
      return exists(key) ? t(key) : path;
    },
    fieldHelp(section, path) {
      const key = `help.${section}.${path}`;
      return exists(key) ? t(key) : undefined;
    },
    codeLabel(list, code, profile = ownProfile) {
      const proper =
        list.names === "profile" && Object.hasOwn(properNames, code) ? properNames[code] : undefined;
      if (proper !== undefined) return proper;
      const key = list.byProfile ? `code.${list.name}.${profile}.${code}` : `code.${list.name}.${code}`;
      if (exists(key)) return t(key);
      return list.names === "region" && /^[A-Z]{2}$/.test(code) ? regionName(locale, code) : code;
    },
    clockLabel(name, profile = ownProfile) {
      const key = `clock.${profile}.${name}`;
      return exists(key) ? t(key) : name;
    },
    sourceLabel(name, profile = ownProfile) {
      const key = `source.${profile}.${name}`;
      return exists(key) ? t(key) : name;
    },
    warningLabel(name, days, profile = ownProfile) {
      const key = `warning.${profile}.${name}.${String(days)}`;
      return exists(key) ? t(key) : undefined;
    },
    roleLabel: (role, profile = ownProfile) => t(`role.${profile}.${role}`),
    nonAnswerLabel: (reason) => t(`unanswered.${reason}`),
    recordTypeLabel: (type) => t(`recordType.${type}`),
  };
}

export function useLabels(): Labels {
  const { t, locale } = useTexts();
  const { profile } = usePlace();
  return useMemo(() => labelsIn(t, locale, profile), [t, locale, profile]);
}
