// Everything written about a case, newest first: by whom, when, and what was set aside or changed later.
import { useState } from "react";
import type { CaseFile } from "#src/domain/case-file/case-file.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { Button } from "#src/ui/button.tsx";
import { Sheet } from "#src/ui/sheet.tsx";
import { timelineOf } from "./timeline.ts";
import { TimelineRow } from "./timeline-row.tsx";
import type { CaseAccess } from "./use-case-access.ts";
import "./timeline.css";

const chunk = 20;

interface TimelineProps {
  readonly file: CaseFile;
  readonly access: CaseAccess;
  /** Up to which arrival the reader had seen the case before: what came later is marked as new. */
  readonly seen: string;
}

export function Timeline({ file, access, seen }: TimelineProps) {
  const { t } = useTexts();
  const [shown, setShown] = useState(chunk);
  const items = timelineOf(file);
  return (
    <Sheet title={t("case.timeline")} aside={<span className="numeric quiet">{items.length}</span>}>
      <ol aria-label={t("case.timeline")}>
        {items.slice(0, shown).map((item) => (
          <TimelineRow key={item.key} item={item} file={file} access={access} seen={seen} />
        ))}
      </ol>
      {items.length > shown ? (
        <Button action="more" onClick={() => setShown(shown + chunk)}>
          {t("cases.more", { count: Math.min(chunk, items.length - shown) })}
        </Button>
      ) : null}
    </Sheet>
  );
}
