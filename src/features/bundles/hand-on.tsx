// What waits on this device goes into a file for a supervisor: who, what, and out of the app.
import { PackageCheck } from "lucide-react";
import { useState } from "react";
import {
  countToHandOn,
  handedOn,
  isKnownDevice,
  reachable,
  type Reachable,
} from "#src/data/bundle-queries.ts";
import { displayNameOf } from "#src/data/place-queries.ts";
import { useQuery } from "#src/data/use-query.ts";
import { useWork } from "#src/data/work.tsx";
import type { Bundles, MadeBundle, MakeFault } from "#src/domain/ports/bundles.ts";
import { isRecordType } from "#src/domain/records/index.ts";
import { useFormats } from "#src/i18n/format.ts";
import { useLabels } from "#src/i18n/labels.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { Button } from "#src/ui/button.tsx";
import { Choices } from "#src/ui/fields/choice.tsx";
import { Notice } from "#src/ui/notice.tsx";
import { ProgressBar } from "#src/ui/progress-bar.tsx";
import { Sheet } from "#src/ui/sheet.tsx";
import { ReadyFile } from "./ready-file.tsx";

export function HandOn({ bundles }: { readonly bundles: Bundles }) {
  const { t } = useTexts();
  const {
    account,
    device,
    store: { read },
  } = useWork().profile;
  const waiting = useQuery(countToHandOn);
  const people = useQuery(reachable, account.name);
  const isKnown = useQuery(isKnownDevice, account.name, device);
  const given = useQuery(handedOn);
  const { instant, number } = useFormats();
  const [made, setMade] = useState<MadeBundle>();
  return (
    <Sheet title={t("bundle.handOn.title")}>
      {made
        ? null
        : given.map(({ id, to, at, records }) => (
            <Notice
              key={id}
              tone="ok"
              title={t("bundle.handedOn", {
                count: number(records),
                who: displayNameOf(read, to),
                when: instant(at),
              })}
            >
              {t("bundle.handOn.carry")}
            </Notice>
          ))}
      {made ? (
        <ReadyFile made={made} bundles={bundles} onDone={() => setMade(undefined)} />
      ) : waiting === 0 ? (
        <p>{t("bundle.handOn.nothing")}</p>
      ) : people.length === 0 ? (
        <p>{t("bundle.handOn.nobody")}</p>
      ) : (
        <>
          {isKnown ? null : (
            <Notice tone="due" title={t("bundle.handOn.unknownHere")}>
              {t("bundle.handOn.unknownHereHint")}
            </Notice>
          )}
          <MakeFile people={people} waiting={waiting} bundles={bundles} onMade={setMade} />
        </>
      )}
    </Sheet>
  );
}

interface MakeFileProps {
  readonly people: readonly Reachable[];
  readonly waiting: number;
  readonly bundles: Bundles;
  readonly onMade: (made: MadeBundle) => void;
}

function MakeFile({ people, waiting, bundles, onMade }: MakeFileProps) {
  const { t } = useTexts();
  const { number, list } = useFormats();
  const able = people.filter(({ devices }) => devices.length > 0);
  const unable = people.filter(({ devices }) => devices.length === 0);
  const [chosen, setChosen] = useState<string>();
  const [progress, setProgress] = useState<{ done: number; total: number }>();
  const [fault, setFault] = useState<MakeFault>();
  // With one supervisor there is nothing to choose.
  const to = able.find(({ account }) => account === chosen) ?? (able.length === 1 ? able[0] : undefined);
  const make = async (receiver: Reachable) => {
    setFault(undefined);
    setProgress({ done: 0, total: receiver.records });
    const answer = await bundles.make(receiver.account, (done, total) => setProgress({ done, total }));
    setProgress(undefined);
    if (answer.ok) onMade(answer.value);
    else setFault(answer.error);
  };
  return (
    <div className="stack">
      {able.length > 0 ? (
        <fieldset className="bundle-choice">
          <legend>{t("bundle.handOn.to")}</legend>
          <Choices
            name="bundle.to"
            options={able.map(({ account, displayName }) => ({ value: account, label: displayName }))}
            chosen={to ? [to.account] : []}
            onPick={setChosen}
          />
        </fieldset>
      ) : null}
      {unable.length > 0 ? (
        <p className="quiet">
          {t("bundle.handOn.noDevice", { who: list(unable.map(({ displayName }) => displayName)) })}
        </p>
      ) : null}
      {to ? <WhatGoes to={to} left={waiting - to.records} /> : null}
      {fault ? (
        <Notice tone="due" title={t(`bundle.fault.${fault.type}`)} announce>
          {t(`bundle.faultHint.${fault.type}`)}
        </Notice>
      ) : null}
      {progress ? (
        <ProgressBar label={t("bundle.handOn.making")} done={progress.done} total={progress.total} />
      ) : null}
      {to ? (
        <Button
          variant="primary"
          icon={PackageCheck}
          action="make-file"
          busy={progress !== undefined}
          onClick={() => void make(to)}
        >
          {t("bundle.handOn.make")} <span className="numeric">({number(to.records)})</span>
        </Button>
      ) : null}
    </div>
  );
}

/** Counts, never names. */
function WhatGoes({ to, left }: { readonly to: Reachable; readonly left: number }) {
  const { t } = useTexts();
  const { number, list } = useFormats();
  const { recordTypeLabel } = useLabels();
  const kinds = [...to.kinds].map(([type, count]) =>
    t("bundle.handOn.kind", {
      kind: isRecordType(type) ? recordTypeLabel(type) : type,
      count: number(count),
    }),
  );
  return (
    <>
      <p>{t("bundle.handOn.goes", { count: number(to.records), list: list(kinds) })}</p>
      {left > 0 ? <p>{t("bundle.handOn.stays", { count: number(left), who: to.displayName })}</p> : null}
      <p className="quiet">{t("bundle.handOn.who", { who: to.displayName })}</p>
    </>
  );
}
