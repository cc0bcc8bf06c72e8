// What a case is called in a list: its masked name, or its code.
import { useTexts } from "#src/i18n/use-texts.ts";
import { maskName } from "#src/ui/masked-name.tsx";

interface CaseTitleProps {
  readonly code: string;
  readonly name: string | undefined;
  readonly shown: boolean;
}

export function CaseTitle({ code, name, shown }: CaseTitleProps) {
  const { t } = useTexts();
  if (name === undefined) return <span className="numeric">{code}</span>;
  if (shown) return <>{name}</>;
  return (
    <>
      <span aria-hidden>{maskName(name)}</span>
      <span className="visually-hidden">
        {t("ui.name.hidden")}, {code}
      </span>
    </>
  );
}
