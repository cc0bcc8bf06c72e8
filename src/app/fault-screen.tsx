// What a person sees after a bug: nothing saved is lost, how to go on, and a report they may hand on.
import { EyeOff, RotateCcw } from "lucide-react";
import { useEffect, useState } from "react";
import { useTexts } from "#src/i18n/use-texts.ts";
import { addressOf, paths } from "#src/ui/addresses.ts";
import { Button } from "#src/ui/button.tsx";
import { Disclosure } from "#src/ui/disclosure.tsx";
import { Cover } from "./cover.tsx";
import { watchCoverKeys } from "./cover-keys.ts";
import { watchIdle } from "./idle-lock.ts";
import { useNeutralTitle } from "./neutral-title.ts";

interface FaultScreenProps {
  readonly report: string;
  /** Loads the page anew at this address. */
  readonly leave: (address: string) => void;
}

/** Whoever finds the device here gets as far as after a lock: the only way on is the passphrase. */
export function FaultScreen({ report, leave }: FaultScreenProps) {
  const { t } = useTexts();
  const [covered, setCovered] = useState(false);
  useNeutralTitle();
  useEffect(() => watchCoverKeys(() => setCovered(true)), []);
  useEffect(() => watchIdle(() => leave(toUnlock)), [leave]);
  if (covered) return <Cover onLift={() => setCovered(false)} />;
  return (
    <main className="page stack" id="main">
      <h1>{t("fault.title")}</h1>
      <p>{t("fault.dataSafe")}</p>
      <div className="cluster">
        <Button variant="primary" icon={RotateCcw} action="lock" onClick={() => leave(toUnlock)}>
          {t("fault.goOn")}
        </Button>
        <Button variant="quiet" icon={EyeOff} action="cover" onClick={() => setCovered(true)}>
          {t("cover.button")}
        </Button>
      </div>
      <Disclosure summary={t("fault.report")}>
        <p>{t("fault.reportHint")}</p>
        <pre>{report}</pre>
      </Disclosure>
    </main>
  );
}

/** Not to where it happened: it might happen there again. */
const toUnlock = addressOf.unlock(paths.today);
