// Asks another site to take over a case: which, why, and on which ground the name and the file may go there.
import { Link } from "react-router";
import { nameOfSite } from "#src/data/place-queries.ts";
import { homeSites } from "#src/data/transfer-queries.ts";
import { useCommand } from "#src/data/use-command.ts";
import { useQuery } from "#src/data/use-query.ts";
import { useWork } from "#src/data/work.tsx";
import { isClosed } from "#src/domain/case-file/closed.ts";
import type { CaseFile } from "#src/domain/case-file/case-file.ts";
import {
  askTransfer,
  consentToShare,
  mayAskTransfer,
  sitesToAsk,
} from "#src/domain/commands/ask-transfer.ts";
import { withdrawTransfer } from "#src/domain/commands/withdraw-transfer.ts";
import type { Reader } from "#src/domain/ports/store.ts";
import { answerAt } from "#src/domain/record/answer.ts";
import type { Site } from "#src/domain/records/site.ts";
import { transfer } from "#src/domain/records/transfer.ts";
import { useLabels } from "#src/i18n/labels.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { addressOf } from "#src/ui/addresses.ts";
import { buttonClass } from "#src/ui/button.tsx";
import { asText } from "#src/ui/fields/typed-value.ts";
import { Notice } from "#src/ui/notice.tsx";
import { Sheet } from "#src/ui/sheet.tsx";
import { FormFrame, FormHead } from "./form-frame.tsx";
import type { FormProps } from "./form-props.ts";
import { Pick } from "./pick.tsx";
import { Questions } from "./questions.tsx";
import { SitePick } from "./site-pick.tsx";
import { useCaseForm } from "./use-case-form.ts";

const sitesFor = (read: Reader, site: Site | undefined) => (site ? sitesToAsk(read, site) : []);

export function TransferForm({ file, restart }: FormProps) {
  const { t } = useTexts();
  const { fieldLabel } = useLabels();
  const { read } = useWork().profile.store;
  const sites = useQuery(sitesFor, file.site);
  const home = useQuery(homeSites, file);
  const withdraw = useCommand(withdrawTransfer);
  const open = useCaseForm({
    form: "transfer",
    file,
    section: "transfer",
    command: askTransfer,
    input: (values) => ({ caseId: file.case.id, transfer: values["transfer"] ?? {} }),
    takeBack: () => withdraw({ caseId: file.case.id }),
  });
  if (!mayAskTransfer(file) || isClosed(file)) return <NotNow file={file} />;
  return (
    <FormFrame
      title={t("form.transfer.title")}
      open={open}
      restart={restart}
      saveText={t("form.transfer.save")}
    >
      <Sheet>
        <Notice tone="info" title={t("form.transfer.first")}>
          {t("form.transfer.firstWhy")}
        </Notice>
        {file.openFlags.length > 0 ? (
          <Notice tone="urgent" title={t("form.transfer.urgent")}>
            {t("form.transfer.urgentWhy")}
          </Notice>
        ) : null}
        <SitePick
          name="transfer.toSite"
          label={t("form.required", { label: fieldLabel("transfer", "toSite") })}
          problem={
            open.fault?.type === "NoSuchSite" ? t("error.NoSuchSite") : open.problemAt("transfer", "toSite")
          }
          sites={sites}
          home={home}
          aboveOf={({ ancestors: [above] }) => read.get("site", `site:${above ?? ""}`)?.record}
          chosen={asText(answerAt(open.values["transfer"], "toSite").value)}
          onPick={(value) => open.answer("transfer", "toSite", { value })}
        />
        <Questions open={open} section="transfer" paths={["reason"]} required={["reason"]} />
      </Sheet>
      <Ground file={file} open={open} />
    </FormFrame>
  );
}

interface GroundProps {
  readonly file: CaseFile;
  readonly open: ReturnType<typeof useCaseForm>;
}

function Ground({ file, open }: GroundProps) {
  const { t } = useTexts();
  const { codeLabel, fieldLabel } = useLabels();
  const { list } = transfer.fields.ground;
  const chosen = asText(answerAt(open.values["transfer"], "ground").value);
  return (
    <Sheet>
      <Pick
        name="transfer.ground"
        label={t("form.required", { label: fieldLabel("transfer", "ground") })}
        problem={open.problemAt("transfer", "ground")}
        options={list.codes.map((code) => ({ value: code, label: codeLabel(list, code) }))}
        chosen={chosen}
        onPick={(value) => open.answer("transfer", "ground", { value })}
      />
      {chosen === "consent" && !consentToShare(file) ? (
        <Notice
          tone="due"
          title={t("form.transfer.noConsent")}
          actions={
            <Link
              className={buttonClass()}
              to={addressOf.caseForm(file.case.id, "consent")}
              data-action="consent"
            >
              {t("form.transfer.askConsent")}
            </Link>
          }
        >
          {t("form.transfer.noConsentWhy")}
        </Notice>
      ) : null}
      {chosen === "life_danger" ? (
        <Questions open={open} section="transfer" paths={["dangerReason"]} required={["dangerReason"]} />
      ) : null}
    </Sheet>
  );
}

/** Another site has been asked already, or the case is closed. */
function NotNow({ file }: { readonly file: CaseFile }) {
  const { t, locale } = useTexts();
  const { read } = useWork().profile.store;
  const asked = "transfer" in file.transfer ? file.transfer.transfer.record : undefined;
  const site = asked ? nameOfSite(read, asked.toSite, locale) : "";
  const closed = isClosed(file);
  return (
    <div className="page form-page">
      <FormHead title={t("form.transfer.title")} file={file} />
      <Notice tone="info" title={closed ? t("form.transfer.closed") : t("form.transfer.open", { site })}>
        {t(closed ? "error.CaseClosed" : "error.TransferOpen")}
      </Notice>
    </div>
  );
}
