// On the sync screen: the way by file, and what was handed on in it and still waits here.
import { HardDriveUpload } from "lucide-react";
import { Link } from "react-router";
import { handedOn, heldBundles } from "#src/data/bundle-queries.ts";
import { displayNameOf } from "#src/data/place-queries.ts";
import { useQuery } from "#src/data/use-query.ts";
import { useWork } from "#src/data/work.tsx";
import { useFormats } from "#src/i18n/format.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { paths } from "#src/ui/addresses.ts";
import { buttonClass } from "#src/ui/button.tsx";

export function ByFileLink() {
  const { t } = useTexts();
  return (
    <Link className={buttonClass("quiet")} to={paths.byFile} data-action="by-file">
      <HardDriveUpload aria-hidden className="icon" />
      <span>{t("bundle.link")}</span>
    </Link>
  );
}

/** A line for each file whose records have not reached the centre, given out from here or taken in. */
export function OnTheirWayByFile() {
  const { t } = useTexts();
  const { instant, number } = useFormats();
  const { read } = useWork().profile.store;
  const given = useQuery(handedOn);
  const held = useQuery(heldBundles);
  const nameOf = (account: string) => displayNameOf(read, account);
  return (
    <>
      {given.map(({ id, to, at, records }) => (
        <p key={id}>
          {t("bundle.handedOn", {
            count: number(records),
            who: nameOf(to),
            when: instant(at),
          })}
        </p>
      ))}
      {held.map(({ id, account, records }) => (
        <p key={id}>
          {t("bundle.held.title")}: {t("bundle.held.one", { who: nameOf(account), count: number(records) })}
        </p>
      ))}
    </>
  );
}
