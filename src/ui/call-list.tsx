// Whom to call: the site's own numbers, those of its supervisors and the country's help lines, one tap each, without a network.
import { Phone } from "lucide-react";
import { useTexts } from "#src/i18n/use-texts.ts";
import "./call-list.css";

export interface CallListProps {
  /** "number — who answers", as a site's record holds them. */
  readonly phones: readonly string[];
  /** The same, of the sites from which this one is supervised. */
  readonly supervising?: readonly string[];
  readonly helpLines: readonly { readonly number: string; readonly name: string }[];
}

export interface Callable {
  readonly number: string;
  readonly name: string;
}

/** `"0236 3822 822 — Công an xã"` → its number and who answers; undefined where no number stands in front. */
export function readPhone(text: string): Callable | undefined {
  const [, number, name] = /^\s*(\+?\d[\d\s.()-]*\d)\s*(?:[—–:-]\s*)?(.*)$/u.exec(text) ?? [];
  return number === undefined ? undefined : { number: number.trim(), name: name?.trim() ?? "" };
}

const readPhones = (texts: readonly string[]): readonly Callable[] =>
  texts.map(readPhone).filter((phone) => phone !== undefined);

export function CallList({ phones, supervising, helpLines }: CallListProps) {
  const { t } = useTexts();
  const above = readPhones(supervising ?? []).map(({ number, name }) => ({
    number,
    name: t(name ? "ui.calls.supervisor" : "ui.calls.supervisorAlone", { name }),
  }));
  return (
    <ul className="calls" aria-label={t("ui.calls")}>
      {[...readPhones(phones), ...above, ...helpLines].map(({ number, name }) => (
        <li key={`${number} ${name}`}>
          <a className="call" href={`tel:${number.replace(/[^\d+]/g, "")}`}>
            <Phone aria-hidden className="icon" />
            <span className="call-number numeric">{number}</span>
            {name ? <span>{name}</span> : null}
          </a>
        </li>
      ))}
    </ul>
  );
}
