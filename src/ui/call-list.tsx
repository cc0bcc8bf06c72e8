// Whom to call: the site's own numbers and the country's help lines, one tap each, without a network.
import { Phone } from "lucide-react";
import { useTexts } from "#src/i18n/use-texts.ts";
import "./call-list.css";

interface CallListProps {
  /** "number — who answers", as a site's record holds them. */
  readonly phones: readonly string[];
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

export function CallList({ phones, helpLines }: CallListProps) {
  const { t } = useTexts();
  const site = phones.map(readPhone).filter((phone) => phone !== undefined);
  return (
    <ul className="calls" aria-label={t("ui.calls")}>
      {[...site, ...helpLines].map(({ number, name }) => (
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
