// What this device keeps, and whether the browser has promised not to clear it.
import { useEffect, useState } from "react";
import { useQuery } from "#src/data/use-query.ts";
import type { Reader } from "#src/domain/ports/store.ts";
import { useFormats } from "#src/i18n/format.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { Button } from "#src/ui/button.tsx";
import { Notice } from "#src/ui/notice.tsx";
import { Sheet } from "#src/ui/sheet.tsx";

interface Facts {
  readonly lasting: boolean;
  readonly usedMb: number;
  readonly freeMb: number;
}

const countRecords = (read: Reader): number => read.all().length;
const toMb = (bytes: number) => Math.round(bytes / 1_048_576);

async function factsNow(): Promise<Facts> {
  const [lasting, { usage = 0, quota = 0 }] = await Promise.all([
    navigator.storage.persisted(),
    navigator.storage.estimate(),
  ]);
  return { lasting, usedMb: toMb(usage), freeMb: toMb(quota - usage) };
}

export function StorageFacts() {
  const { t } = useTexts();
  const { number } = useFormats();
  const records = useQuery(countRecords);
  const [facts, setFacts] = useState<Facts>();
  useEffect(() => {
    // A browser that does not tell is one whose promise we do not have.
    factsNow().then(setFacts, () => undefined);
  }, []);
  const ask = () => {
    void navigator.storage
      .persist()
      .then(factsNow)
      .then(setFacts, () => undefined);
  };
  return (
    <Sheet title={t("settings.device")}>
      <p className="numeric">{t("settings.records", { count: number(records) })}</p>
      {facts ? (
        <>
          <p className="numeric">
            {t("settings.space", { used: number(facts.usedMb), free: number(facts.freeMb) })}
          </p>
          {facts.lasting ? (
            <Notice tone="ok" title={t("settings.lasting")} />
          ) : (
            <Notice
              tone="due"
              title={t("settings.notLasting")}
              actions={<Button onClick={ask}>{t("settings.askLasting")}</Button>}
            >
              {t("settings.notLastingHint")}
            </Notice>
          )}
        </>
      ) : null}
    </Sheet>
  );
}
