// The risk level as a filled scale of three, with its word.
import { riskLevels } from "#src/domain/records/code-lists.ts";
import { useLabels } from "#src/i18n/labels.ts";
import "./risk-mark.css";

type RiskLevel = (typeof riskLevels.codes)[number];
const steps: Readonly<Record<RiskLevel, number>> = { low: 1, medium: 2, high: 3 };

export function RiskMark({ level }: { readonly level: RiskLevel }) {
  const { codeLabel, fieldLabel } = useLabels();
  return (
    <span className={`risk risk-${level}`}>
      <span className="risk-scale" aria-hidden>
        {[1, 2, 3].map((step) => (
          <i key={step} className={step <= steps[level] ? "risk-step risk-step-on" : "risk-step"} />
        ))}
      </span>
      <span>
        <span className="visually-hidden">{fieldLabel("case", "riskLevel")}: </span>
        {codeLabel(riskLevels, level)}
      </span>
    </span>
  );
}
