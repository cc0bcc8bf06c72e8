// A password of one's own in place of one that was handed out: typed twice, and the same both times.
import { KeyRound } from "lucide-react";
import { useState } from "react";
import { minimumPassphraseLength, samePassphrase } from "#src/domain/ports/sign-in.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { Button } from "./button.tsx";
import { SecretInput } from "./secret-input.tsx";

interface ChosenPasswordProps {
  /** What stands in the way of the last try. */
  readonly problem: string | undefined;
  readonly busy: boolean;
  /** What the button says. */
  readonly save: string;
  readonly onChoose: (next: string) => void;
}

export function ChosenPassword({ problem, busy, save, onChoose }: ChosenPasswordProps) {
  const { t } = useTexts();
  const [next, setNext] = useState("");
  const [again, setAgain] = useState("");
  const [differs, setDiffers] = useState(false);
  return (
    <form
      className="stack"
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        const same = samePassphrase(next) === samePassphrase(again);
        setDiffers(!same);
        if (same) onChoose(next);
      }}
    >
      <p>{t("unlock.newPasswordHint", { count: minimumPassphraseLength })}</p>
      <SecretInput
        first
        name="account.newPassword"
        label={t("unlock.newPassword")}
        value={next}
        onChange={setNext}
        problem={problem}
      />
      <SecretInput
        name="account.newPasswordAgain"
        label={t("unlock.newPasswordAgain")}
        value={again}
        onChange={setAgain}
        problem={differs ? t("unlock.passwordsDiffer") : undefined}
      />
      <Button variant="primary" type="submit" wide icon={KeyRound} action="save" busy={busy}>
        {save}
      </Button>
    </form>
  );
}
