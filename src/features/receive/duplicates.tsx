// A hint while a name or an age is typed: who on this device may be the same person.
import { allCases } from "#src/data/case-queries.ts";
import { useQuery } from "#src/data/use-query.ts";
import type { FormValues } from "#src/domain/record/clean.ts";
import { useFormats } from "#src/i18n/format.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { addressOf } from "#src/ui/addresses.ts";
import { maskName } from "#src/ui/masked-name.tsx";
import { Row, Rows, Sheet } from "#src/ui/sheet.tsx";
import { linkTo } from "./link-to.tsx";
import { possibleDuplicates } from "./possible-duplicates.ts";

export function Duplicates({ identity }: { readonly identity: FormValues | undefined }) {
  const { t } = useTexts();
  const { instant } = useFormats();
  const files = possibleDuplicates(useQuery(allCases), identity);
  return (
    // Present from the start, so that screen readers hear of what comes into it.
    <div role="status">
      {files.length === 0 ? null : (
        <Sheet title={t("receive.duplicates.title")} tone="due">
          <p className="quiet">{t("receive.duplicates.open")}</p>
          <Rows label={t("receive.duplicates.title")}>
            {files.map((file) => (
              <Row
                key={file.case.id}
                record={file.case.id}
                title={file.case.code}
                detail={
                  <>
                    {maskName(file.person?.record.displayName ?? "")} · {instant(file.case.receivedAt)}
                  </>
                }
                link={linkTo(addressOf.case(file.case.id))}
              />
            ))}
          </Rows>
        </Sheet>
      )}
    </div>
  );
}
