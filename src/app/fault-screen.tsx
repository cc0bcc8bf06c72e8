// What a person sees after a bug: nothing saved is lost, how to go on, and a report they may hand on.
import { RotateCcw } from "lucide-react";
import { useTexts } from "#src/i18n/use-texts.ts";
import { Button } from "#src/ui/button.tsx";
import { Disclosure } from "#src/ui/disclosure.tsx";
import { useNeutralTitle } from "./neutral-title.ts";

export function FaultScreen({ report }: { readonly report: string }) {
  const { t } = useTexts();
  useNeutralTitle();
  return (
    <main className="page stack" id="main">
      <h1>{t("fault.title")}</h1>
      <p>{t("fault.dataSafe")}</p>
      <Button variant="primary" icon={RotateCcw} onClick={() => location.assign("/")}>
        {t("fault.goOn")}
      </Button>
      <Disclosure summary={t("fault.report")}>
        <p>{t("fault.reportHint")}</p>
        <pre>{report}</pre>
      </Disclosure>
    </main>
  );
}
