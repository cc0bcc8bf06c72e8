// The way to the devices of the own sites, wherever a supervisor asks after them.
import { Smartphone } from "lucide-react";
import { Link } from "react-router";
import { useTexts } from "#src/i18n/use-texts.ts";
import { paths } from "./addresses.ts";
import { buttonClass } from "./button.tsx";

export function DevicesLink() {
  const { t } = useTexts();
  return (
    <Link className={buttonClass("quiet")} to={paths.devices} data-action="devices">
      <Smartphone aria-hidden className="icon" />
      <span>{t("devices.title")}</span>
    </Link>
  );
}
