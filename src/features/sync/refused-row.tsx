// A record the centre did not take: why, and the ways to mend it.
import { PencilLine, Send } from "lucide-react";
import { Link } from "react-router";
import { useCommand } from "#src/data/use-command.ts";
import type { Placed } from "#src/data/sync-queries.ts";
import { sendAgain as sendAgainCommand } from "#src/domain/commands/send-again.ts";
import { isErased } from "#src/domain/ports/store.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { addressOf } from "#src/ui/addresses.ts";
import { Button, buttonClass } from "#src/ui/button.tsx";
import { useFocusAfter } from "#src/ui/focus-content.ts";
import { RefusalMend, useRefusalText } from "#src/ui/refusal.tsx";
import { useToast } from "#src/ui/toast.tsx";
import { RecordRow } from "./record-row.tsx";

export function RefusedRow({ placed }: { readonly placed: Placed }) {
  const { t } = useTexts();
  const resend = useCommand(sendAgainCommand);
  const say = useToast();
  const refusalText = useRefusalText();
  const pressed = useFocusAfter();
  const { entry, caseId } = placed;
  if (entry.sync.state !== "refused") return null;
  const { refusal } = entry.sync;
  const erased = isErased(entry.sync);
  const sendAgain = async () => {
    pressed();
    const sent = await resend({ database: entry.database, id: entry.record.id });
    say(t(sent.ok ? "sync.willSendAgain" : "sync.notSentAgain"));
  };
  return (
    <RecordRow placed={placed}>
      <p>{refusalText(refusal, entry.record.type)}</p>
      <RefusalMend refusal={refusal} />
      <span className="cluster">
        {caseId === undefined || erased ? null : (
          <Link className={buttonClass("secondary")} to={addressOf.case(caseId)} data-action="mend">
            <PencilLine aria-hidden className="icon" />
            <span>{t("sync.mend")}</span>
          </Link>
        )}
        {erased ? null : (
          <Button icon={Send} action="send-again" onClick={() => void sendAgain()}>
            {t("sync.sendAgain")}
          </Button>
        )}
      </span>
    </RecordRow>
  );
}
