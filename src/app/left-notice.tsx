// Says on every page that a place's records have left this device with the right to them, until the person has read it.
import { leftPlaces, markLeftSeen } from "#src/data/left-queries.ts";
import { useQuery } from "#src/data/use-query.ts";
import { useWork } from "#src/data/work.tsx";
import { useFormats } from "#src/i18n/format.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { Button } from "#src/ui/button.tsx";
import { Notice } from "#src/ui/notice.tsx";

export function LeftNotice() {
  const { t, locale } = useTexts();
  const { list, number } = useFormats();
  const { store } = useWork().profile;
  const left = useQuery(leftPlaces);
  if (!left) return null;
  const { sites, handedOver, drafts } = left;
  const places = list(sites.map(({ names }) => names[locale]));
  return (
    <Notice
      tone="due"
      title={sites.length > 0 ? t("left.title", { places }) : t("left.titleUnknown")}
      announce
      actions={
        <Button action="left-seen" onClick={() => void markLeftSeen(store)}>
          {t("left.seen")}
        </Button>
      }
    >
      <p>{t("left.why")}</p>
      {handedOver > 0 ? (
        <p>{t("left.handedOver", { count: handedOver, shown: number(handedOver) })}</p>
      ) : null}
      {drafts > 0 ? <p>{t("left.drafts", { count: drafts, shown: number(drafts) })}</p> : null}
    </Notice>
  );
}
