// How to contact the person so that nobody is harmed by it: read before anything else.
import { Ban, MessageCircle, PhoneCall } from "lucide-react";
import { Link } from "react-router";
import type { CaseFile } from "#src/domain/case-file/case-file.ts";
import { mayIdentify } from "#src/domain/case-file/identity.ts";
import { clashesIn } from "#src/domain/case-file/undecided.ts";
import { useLabels } from "#src/i18n/labels.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { addressOf } from "#src/ui/addresses.ts";
import { buttonClass } from "#src/ui/button.tsx";
import { Facts } from "#src/ui/facts.tsx";
import { answerAt } from "#src/domain/record/answer.ts";
import { fieldAt } from "#src/ui/fields/field-at.ts";
import { useValueText } from "#src/ui/fields/use-value-text.ts";
import { Notice } from "#src/ui/notice.tsx";
import { Sheet } from "#src/ui/sheet.tsx";

export function SafeContact({ file, mayWrite }: { readonly file: CaseFile; readonly mayWrite: boolean }) {
  const { t } = useTexts();
  const { fieldLabel } = useLabels();
  const { answerText } = useValueText();
  if (!file.person) return null;
  const { record } = file.person;
  const contact = record.safeContact;
  const way = answerAt({ ...record }, "safeContact.way");
  if (clashesIn(record).some(({ unit }) => unit.path === "safeContact")) {
    return (
      <Sheet title={t("case.contact")} tone="due">
        <Notice tone="due" title={t("case.contact.clash")}>
          {t("case.contact.clashWhy")}
        </Notice>
      </Sheet>
    );
  }
  const asked = contact !== undefined || way.unanswered !== undefined;
  return (
    <Sheet title={t("case.contact")} tone={contact?.way === "none" ? "due" : "plain"}>
      {asked ? (
        <p className="contact-way">
          <PhoneCall aria-hidden className="icon" />
          <span>{answerText(fieldAt("person", "safeContact.way"), way)}</span>
          {contact?.phone === undefined || contact.way !== "phone" ? null : (
            <a className="numeric" href={`tel:${contact.phone.replace(/[^\d+]/g, "")}`}>
              {contact.phone}
            </a>
          )}
        </p>
      ) : (
        <>
          <p>{t("case.contact.notAsked")}</p>
          {mayWrite && mayIdentify(file) ? (
            <Link className={buttonClass()} to={addressOf.caseForm(file.case.id, "person")}>
              {t("case.contact.ask")}
            </Link>
          ) : null}
        </>
      )}
      <Facts
        section="person"
        paths={
          contact?.way === "phone"
            ? ["safeContact.throughPerson", "safeContact.hours"]
            : ["safeContact.throughPerson", "safeContact.hours", "safeContact.phone"]
        }
        values={record}
        askedOnly
      />
      {contact?.whatToSay === undefined ? null : (
        <p className="contact-line">
          <MessageCircle aria-hidden className="icon" />
          <span>
            <strong>{fieldLabel("person", "safeContact.whatToSay")}:</strong> {contact.whatToSay}
          </span>
        </p>
      )}
      {contact?.neverDo === undefined ? null : (
        <p className="contact-line contact-never">
          <Ban aria-hidden className="icon" />
          <span>
            <strong>{fieldLabel("person", "safeContact.neverDo")}:</strong> {contact.neverDo}
          </span>
        </p>
      )}
    </Sheet>
  );
}
