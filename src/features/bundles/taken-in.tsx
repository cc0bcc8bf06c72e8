// The files of colleagues that wait here to be sent on, and what the centre said to those that it has.
import { displayNameOf } from "#src/data/place-queries.ts";
import { heldBundles, sentBundles } from "#src/data/bundle-queries.ts";
import { useQuery } from "#src/data/use-query.ts";
import { useWork } from "#src/data/work.tsx";
import type { Bundles, HeldBundle, SentBundle } from "#src/domain/ports/bundles.ts";
import { isRecordType } from "#src/domain/records/index.ts";
import { useFormats } from "#src/i18n/format.ts";
import { useLabels } from "#src/i18n/labels.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { Button } from "#src/ui/button.tsx";
import { ProgressBar } from "#src/ui/progress-bar.tsx";
import { useRefusalText } from "#src/ui/refusal.tsx";
import { Row, Rows, Sheet } from "#src/ui/sheet.tsx";
import { useToast } from "#src/ui/toast.tsx";

export function TakenIn({ bundles }: { readonly bundles: Bundles }) {
  const { t } = useTexts();
  const held = useQuery(heldBundles);
  const sent = useQuery(sentBundles);
  return (
    <>
      {held.length > 0 ? (
        <Sheet title={t("bundle.held.title")} tone="due">
          <Rows label={t("bundle.held.title")}>
            {held.map((bundle) => (
              <HeldRow key={bundle.id} bundle={bundle} bundles={bundles} />
            ))}
          </Rows>
        </Sheet>
      ) : null}
      {sent.length > 0 ? (
        <Sheet title={t("bundle.sent.title")}>
          <Rows label={t("bundle.sent.title")}>
            {sent.map((bundle) => (
              <SentRow key={`${bundle.id} ${bundle.at}`} bundle={bundle} />
            ))}
          </Rows>
        </Sheet>
      ) : null}
    </>
  );
}

function useTitle() {
  const { t } = useTexts();
  const { number } = useFormats();
  const { read } = useWork().profile.store;
  return ({ account, records }: HeldBundle | SentBundle) =>
    t("bundle.held.one", { who: displayNameOf(read, account), count: number(records) });
}

function HeldRow({ bundle, bundles }: { readonly bundle: HeldBundle; readonly bundles: Bundles }) {
  const { t } = useTexts();
  const { instant } = useFormats();
  const titleOf = useTitle();
  const say = useToast();
  const drop = async () => {
    const dropped = await bundles.drop(bundle.id);
    if (!dropped.ok) say(t("bundle.held.notDropped"));
  };
  return (
    <Row
      title={titleOf(bundle)}
      detail={
        bundle.refusal === undefined ? (
          <>
            <p>{t("bundle.held.waits", { when: instant(bundle.takenAt) })}</p>
            {bundle.next > 0 ? (
              <ProgressBar label={t("bundle.held.progress")} done={bundle.next} total={bundle.parts} />
            ) : null}
          </>
        ) : (
          <>
            <p>{t("bundle.held.refused")}</p>
            <Button action="drop-file" onClick={() => void drop()}>
              {t("bundle.held.drop")}
            </Button>
          </>
        )
      }
    />
  );
}

function SentRow({ bundle }: { readonly bundle: SentBundle }) {
  const { t } = useTexts();
  const { instant, number } = useFormats();
  const { recordTypeLabel } = useLabels();
  const { read } = useWork().profile.store;
  const refusalText = useRefusalText();
  const titleOf = useTitle();
  const { at, account, tally } = bundle;
  const { accepted, known, refused } = tally;
  const whyOf = (type: string, reason: string) => refusalText({ kind: "forbidden", reason, at }, type);
  return (
    <Row
      title={titleOf(bundle)}
      detail={
        <>
          <p>
            {t("bundle.sent.tally", {
              when: instant(at),
              accepted: number(accepted),
              known: number(known),
              refused: number(refused.length),
            })}
          </p>
          {refused.length > 0 ? (
            <>
              <p>{t("bundle.sent.refused", { who: displayNameOf(read, account) })}</p>
              <ul>
                {refused.map(({ id, type, reason }) => (
                  <li key={id}>
                    {t("bundle.sent.record", {
                      kind: isRecordType(type) ? recordTypeLabel(type) : type,
                      why: whyOf(type, reason),
                    })}
                  </li>
                ))}
              </ul>
            </>
          ) : null}
        </>
      }
    />
  );
}
