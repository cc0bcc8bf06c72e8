// The file that was made, until it is out of the app.
import { Download, Share2 } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import type { Bundles, MadeBundle } from "#src/domain/ports/bundles.ts";
import { useFormats } from "#src/i18n/format.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { Button } from "#src/ui/button.tsx";
import { focusContent } from "#src/ui/focus-content.ts";
import { Notice } from "#src/ui/notice.tsx";
import { useToast } from "#src/ui/toast.tsx";
import { canShare, type GivenOut, saveOut, shareOut } from "./give-out.ts";

interface ReadyFileProps {
  readonly made: MadeBundle;
  readonly bundles: Bundles;
  readonly onDone: () => void;
}

export function ReadyFile({ made, bundles, onDone }: ReadyFileProps) {
  const { t } = useTexts();
  const { number } = useFormats();
  const say = useToast();
  const [failed, setFailed] = useState(false);
  const next = useRef<HTMLButtonElement>(null);
  // The button that made it is gone, and the one that is pressed goes with the file.
  useEffect(() => {
    next.current?.focus();
    return focusContent;
  }, []);
  const give = async (way: (made: MadeBundle) => Promise<GivenOut>) => {
    const outcome = await way(made);
    setFailed(outcome === "failed");
    if (outcome !== "given") return;
    // Should that not be kept, only the line about it is missing: the records wait as before.
    await bundles.noteHandedOn(made);
    say(t("bundle.handOn.given"));
    onDone();
  };
  const shares = canShare(made);
  const size = number(Math.ceil(made.bytes.length / 1000));
  return (
    <div className="stack">
      <Notice
        tone="ok"
        title={t("bundle.handOn.ready", { count: number(made.records), size })}
        announce
        actions={
          <>
            {shares ? (
              <Button
                ref={next}
                variant="primary"
                icon={Share2}
                action="share-file"
                onClick={() => void give(shareOut)}
              >
                {t("bundle.handOn.share")}
              </Button>
            ) : null}
            <Button
              {...(shares ? {} : { ref: next, variant: "primary" })}
              icon={Download}
              action="save-file"
              onClick={() => void give(saveOut)}
            >
              {t("bundle.handOn.save")}
            </Button>
          </>
        }
      >
        {t("bundle.handOn.readyHint")}
      </Notice>
      {failed ? <Notice tone="due" title={t("bundle.handOn.notGiven")} announce /> : null}
    </div>
  );
}
