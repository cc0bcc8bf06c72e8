// Dates, times, numbers and lists as the reader's language writes them.
import { useMemo } from "react";
import { daysBetween, knownTimeZone, localDate, precisionOf } from "#src/domain/record/dates.ts";
import type { Locale } from "./locales.ts";
import { usePlace } from "./place.ts";
import { type Translate, useTexts } from "./use-texts.ts";

export interface Formats {
  /** `2026-11-22`, `2026-11` or `2026` → "22/11/2026", "tháng 11 năm 2026", "năm 2026"; `long` adds the weekday and the month's name. */
  readonly date: (date: string, style?: "short" | "long") => string;
  /** A UTC instant in the site's time zone: "16:42, 22/11/2026"; today's without the date. */
  readonly instant: (instant: string) => string;
  /** The same with the date also today: among answers, where nothing else says which day is meant. */
  readonly dayAndTime: (instant: string) => string;
  /** Time of day at the site: "16:42", in Indonesian "16.42". */
  readonly time: (instant: string) => string;
  /** A time of day as controls hold it, `HH:MM`, in the same writing. */
  readonly timeOfDay: (time: string) => string;
  /** A term seen from today: "còn 3 ngày", "ngày mai đến hạn", "hôm nay đến hạn", "quá hạn 2 ngày". */
  readonly dueIn: (date: string) => string;
  /** A day seen from today: "hôm nay", "hôm qua", "3 ngày trước", "sau 5 ngày"; in the words of `dueIn` and of the shortcuts. */
  readonly relativeDay: (date: string) => string;
  readonly number: (value: number) => string;
  /** "A, B và C" */
  readonly list: (items: readonly string[]) => string;
}

// Day and month are written as people write them by hand in each country.
const tags: Readonly<Record<Locale, string>> = { vi: "vi-VN", en: "en-GB", id: "id-ID" };
const midnight = (date: string) => new Date(`${date}T00:00:00Z`);

function formatsIn(
  t: Translate,
  locale: Locale,
  place: { readonly timeZone: string; readonly today: string },
): Formats {
  const tag = tags[locale];
  const utc = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(tag, { ...options, timeZone: "UTC" });
  const day = utc({ day: "2-digit", month: "2-digit", year: "numeric" });
  const dayParts = utc({ weekday: "long", day: "numeric", month: "long", year: "numeric" });
  const month = utc({ month: "long", year: "numeric" });
  const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
  const time = new Intl.DateTimeFormat(tag, { ...clock, timeZone: knownTimeZone(place.timeZone) });
  const timeOfDay = utc(clock);
  const numbers = new Intl.NumberFormat(tag);
  const lists = new Intl.ListFormat(tag, { type: "conjunction" });

  function longDay(date: string): string {
    const parts = dayParts.formatToParts(midnight(date));
    const part = (type: string) => parts.find((candidate) => candidate.type === type)?.value ?? "";
    // Intl writes "Chủ Nhật"; Vietnamese offices write "Chủ nhật".
    const weekday = part("weekday").replace("Chủ Nhật", "Chủ nhật");
    return t("format.longDate", { weekday, day: part("day"), month: part("month"), year: part("year") });
  }

  const formats: Formats = {
    date(date, style = "short") {
      const precision = precisionOf(date);
      if (precision === "year") return t("format.year", { year: date });
      if (precision === "month") return month.format(midnight(`${date}-01`));
      if (precision === "day") return style === "long" ? longDay(date) : day.format(midnight(date));
      return date;
    },
    instant(instant) {
      // A history may hold anything: what is no instant is shown as it stands.
      if (Number.isNaN(Date.parse(instant))) return instant;
      const isToday = localDate(instant, place.timeZone) === place.today;
      return isToday ? formats.time(instant) : formats.dayAndTime(instant);
    },
    dayAndTime(instant) {
      if (Number.isNaN(Date.parse(instant))) return instant;
      const date = formats.date(localDate(instant, place.timeZone));
      return t("format.timeAndDate", { time: formats.time(instant), date });
    },
    time: (instant) => (Number.isNaN(Date.parse(instant)) ? instant : time.format(new Date(instant))),
    timeOfDay: (text) => timeOfDay.format(new Date(`1970-01-01T${text}:00Z`)),
    dueIn(date) {
      const days = daysBetween(place.today, date);
      if (days === 0) return t("format.dueToday");
      if (days === 1) return t("format.dueTomorrow");
      return days > 0 ? t("format.dueIn", { count: days }) : t("format.overdueBy", { count: -days });
    },
    relativeDay(date) {
      const days = daysBetween(place.today, date);
      if (days === 0) return t("format.today");
      if (Math.abs(days) === 1) return t(days === 1 ? "format.tomorrow" : "format.yesterday");
      return days > 0 ? t("format.inDays", { count: days }) : t("format.daysAgo", { count: -days });
    },
    number: (value) => numbers.format(value),
    list: (items) => lists.format(items),
  };
  return formats;
}

export function useFormats(): Formats {
  const { t, locale } = useTexts();
  const { timeZone, today } = usePlace();
  return useMemo(() => formatsIn(t, locale, { timeZone, today }), [t, locale, timeZone, today]);
}
