// The agency's recovery key as this device trusts it, for a supervisor to compare with the sheet from provisioning.
import { useEffect, useState } from "react";
import { foreignKey } from "#src/data/recovery-queries.ts";
import { useQuery } from "#src/data/use-query.ts";
import { useWork } from "#src/data/work.tsx";
import { fingerprintOf } from "#src/domain/record/fingerprint.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { Notice } from "#src/ui/notice.tsx";
import { Sheet } from "#src/ui/sheet.tsx";
import "./recovery-key.css";

export function RecoveryKey() {
  const { t } = useTexts();
  const { profile } = useWork();
  const foreign = useQuery(foreignKey, profile);
  const { recoveryRecipient } = profile;
  return (
    <Sheet title={t("settings.recovery")}>
      {recoveryRecipient === undefined ? (
        <p>{t("settings.recovery.none")}</p>
      ) : (
        <>
          <Fingerprint of={recoveryRecipient} />
          <p>{t("settings.recovery.hint")}</p>
        </>
      )}
      {foreign === undefined ? null : (
        <Notice tone="due" title={t("recovery.changed")}>
          <p>{t("settings.recovery.changedHint")}</p>
          <Fingerprint of={foreign} />
        </Notice>
      )}
    </Sheet>
  );
}

function Fingerprint({ of: key }: { readonly of: string }) {
  const [fingerprint, setFingerprint] = useState("");
  useEffect(() => {
    let gone = false;
    void crypto.subtle.digest("SHA-256", new TextEncoder().encode(key)).then((digest) => {
      if (!gone) setFingerprint(fingerprintOf(new Uint8Array(digest)));
    });
    return () => {
      gone = true;
    };
  }, [key]);
  return (
    <p className="fingerprint" data-fingerprint={fingerprint}>
      {fingerprint}
    </p>
  );
}
