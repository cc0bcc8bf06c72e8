// A colleague's file: opened, its signature checked, and kept here to be sent on; what is in it does not show.
import { FileInput, Send } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { displayNameOf } from "#src/data/place-queries.ts";
import { useWork } from "#src/data/work.tsx";
import type { Bundles, OpenedBundle, OpenFault } from "#src/domain/ports/bundles.ts";
import { useFormats } from "#src/i18n/format.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { Button } from "#src/ui/button.tsx";
import { focusContent } from "#src/ui/focus-content.ts";
import { Notice } from "#src/ui/notice.tsx";
import { Sheet } from "#src/ui/sheet.tsx";
import { useToast } from "#src/ui/toast.tsx";

/** A bigger one is not read at all: `OpenFault` says so. */
const mostBytes = 96 * 1024 * 1024;

type State =
  | { readonly is: "nothing" }
  | { readonly is: "opening" }
  | { readonly is: "opened"; readonly bundle: OpenedBundle }
  | { readonly is: "fault"; readonly fault: OpenFault };

export function TakeIn({ bundles }: { readonly bundles: Bundles }) {
  const { t } = useTexts();
  const input = useRef<HTMLInputElement>(null);
  const [state, setState] = useState<State>({ is: "nothing" });
  const open = async (file: File) => {
    setState({ is: "opening" });
    if (file.size > mostBytes) return setState({ is: "fault", fault: { type: "TooBig" } });
    const answer = await bundles.open(new Uint8Array(await file.arrayBuffer()));
    setState(answer.ok ? { is: "opened", bundle: answer.value } : { is: "fault", fault: answer.error });
  };
  return (
    <Sheet title={t("bundle.takeIn.title")}>
      <div className="stack">
        <p>{t("bundle.takeIn.hint")}</p>
        <input
          ref={input}
          type="file"
          name="bundle.file"
          aria-label={t("bundle.takeIn.choose")}
          tabIndex={-1}
          autoComplete="off"
          spellCheck={false}
          hidden
          onChange={(event) => {
            const [file] = event.currentTarget.files ?? [];
            // The same file again counts as chosen again.
            event.currentTarget.value = "";
            if (file) void open(file);
          }}
        />
        {state.is === "opened" ? (
          <Opened bundle={state.bundle} bundles={bundles} onDone={() => setState({ is: "nothing" })} />
        ) : (
          <div className="cluster">
            <Button
              icon={FileInput}
              action="choose-file"
              busy={state.is === "opening"}
              onClick={() => input.current?.click()}
            >
              {t("bundle.takeIn.choose")}
            </Button>
          </div>
        )}
        {state.is === "opening" ? <p role="status">{t("bundle.takeIn.opening")}</p> : null}
        {state.is === "fault" ? (
          <Notice tone="due" title={t(`bundle.fault.${state.fault.type}`)} announce>
            {t(`bundle.faultHint.${state.fault.type}`)}
          </Notice>
        ) : null}
      </div>
    </Sheet>
  );
}

interface OpenedProps {
  readonly bundle: OpenedBundle;
  readonly bundles: Bundles;
  readonly onDone: () => void;
}

function Opened({ bundle, bundles, onDone }: OpenedProps) {
  const { t } = useTexts();
  const { dayAndTime, number } = useFormats();
  const { read } = useWork().profile.store;
  const say = useToast();
  const [busy, setBusy] = useState(false);
  const next = useRef<HTMLButtonElement>(null);
  // The button that chose it is gone, and the one that is pressed goes with the file.
  useEffect(() => {
    next.current?.focus();
    return focusContent;
  }, []);
  const sendOn = async () => {
    setBusy(true);
    const kept = await bundles.sendOn(bundle);
    setBusy(false);
    say(t(kept.ok ? "bundle.takeIn.kept" : "bundle.takeIn.notKept"));
    if (kept.ok) onDone();
  };
  return (
    <Notice
      tone="ok"
      title={t("bundle.takeIn.from", {
        who: displayNameOf(read, bundle.account),
        count: number(bundle.records),
        when: dayAndTime(bundle.madeAt),
      })}
      announce
      actions={
        <>
          <Button
            ref={next}
            variant="primary"
            icon={Send}
            action="send-on"
            busy={busy}
            onClick={() => void sendOn()}
          >
            {t("bundle.takeIn.send")}
          </Button>
          <Button variant="quiet" action="leave-file" onClick={onDone}>
            {t("bundle.takeIn.leave")}
          </Button>
        </>
      }
    >
      {t("bundle.takeIn.signed")}
    </Notice>
  );
}
