// An age in words, and how it is known: "17–18 tuổi (chỉ biết năm sinh)", "24 tuổi (ghi ngày 22/11/2026)".
import type { Age } from "#src/domain/case-file/age.ts";
import { useFormats } from "#src/i18n/format.ts";
import { useTexts } from "#src/i18n/use-texts.ts";

export function useAgeText(): (age: Age) => string {
  const { t } = useTexts();
  const { date } = useFormats();
  return ({ from, to, by, toldOn }) => {
    if (from === to) return t("age.exact", { from });
    if (toldOn !== undefined) return t("age.told", { from, date: date(toldOn) });
    const years = t("age.between", { from, to });
    return by === "day" ? years : t("age.known", { years, how: t(`age.known.${by}`) });
  };
}
