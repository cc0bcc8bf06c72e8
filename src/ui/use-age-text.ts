// An age in words, and how it is known: "17–18 tuổi (chỉ biết năm sinh)".
import type { Age } from "#src/domain/case-file/age.ts";
import { useTexts } from "#src/i18n/use-texts.ts";

export function useAgeText(): (age: Age) => string {
  const { t } = useTexts();
  return ({ from, to, by }) => {
    if (from === to) return t("age.exact", { from });
    const years = t("age.between", { from, to });
    return by === "day" ? years : t("age.known", { years, how: t(`age.known.${by}`) });
  };
}
