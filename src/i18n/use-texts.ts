// The hook through which every screen gets its words.
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { defaultLocale, isLocale, type Locale } from "./locales.ts";
import type { MessageKey } from "./message-key.ts";
import { changeLocale } from "./texts.ts";

export type TextParams = Readonly<Record<string, string | number>>;
export type Translate = (key: MessageKey, params?: TextParams) => string;

export interface TextsInUse {
  /** The text of a key, with `{{name}}` filled from `params`. */
  readonly t: Translate;
  readonly locale: Locale;
  readonly changeLocale: (locale: Locale) => Promise<void>;
}

export function useTexts(): TextsInUse {
  const { t: translate, i18n } = useTranslation();
  const t = useCallback<Translate>((key, params) => translate(key, params ?? {}), [translate]);
  const locale = isLocale(i18n.language) ? i18n.language : defaultLocale;
  return { t, locale, changeLocale };
}
