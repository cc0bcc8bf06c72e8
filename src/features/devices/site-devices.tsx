// The people of one site and their devices.
import { CircleCheckBig, CloudUpload, Download, Radio } from "lucide-react";
import { accountsAt } from "#src/data/place-queries.ts";
import { isSilent } from "#src/data/silence.ts";
import { useQuery } from "#src/data/use-query.ts";
import type { DeviceContact } from "#src/domain/ports/exchange.ts";
import type { Account } from "#src/domain/records/account.ts";
import type { Site } from "#src/domain/records/site.ts";
import { useFormats } from "#src/i18n/format.ts";
import { usePlace } from "#src/i18n/place.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { Badge } from "#src/ui/badge.tsx";
import { Row, Rows, Sheet } from "#src/ui/sheet.tsx";
import "./site-devices.css";

interface SiteDevicesProps {
  readonly site: Site;
  /** Of all sites. */
  readonly devices: readonly DeviceContact[];
}

export function SiteDevices({ site, devices }: SiteDevicesProps) {
  const { t, locale } = useTexts();
  const accounts = useQuery(accountsAt, site.siteId);
  const name = site.names[locale];
  return (
    <Sheet title={name}>
      {accounts.length === 0 ? (
        <p className="quiet">{t("devices.nobody")}</p>
      ) : (
        <Rows label={name}>
          {accounts.map((account) => (
            <AccountRow
              key={account.name}
              account={account}
              devices={devices.filter((device) => device.account === account.name)}
            />
          ))}
        </Rows>
      )}
    </Sheet>
  );
}

interface AccountRowProps {
  readonly account: Account;
  readonly devices: readonly DeviceContact[];
}

function AccountRow({ account, devices }: AccountRowProps) {
  const { t } = useTexts();
  return (
    <Row
      record={account.id}
      title={account.displayName}
      detail={
        devices.length === 0 ? (
          t("devices.none")
        ) : (
          <ul className="device-list">
            {devices.map((device) => (
              <Device key={device.device} device={device} />
            ))}
          </ul>
        )
      }
    />
  );
}

function Device({ device }: { readonly device: DeviceContact }) {
  const { t } = useTexts();
  const { dayAndTime, number } = useFormats();
  const { timeZone, now } = usePlace();
  const { lastContactAt, waiting, appVersion, tooOld } = device;
  const silent = isSilent(lastContactAt, now(), timeZone);
  return (
    <li className="cluster">
      <span>{t("devices.lastContact", { time: dayAndTime(lastContactAt) })}</span>
      {waiting > 0 ? (
        <Badge icon={CloudUpload}>{t("sync.waiting", { count: number(waiting) })}</Badge>
      ) : (
        <Badge icon={CircleCheckBig}>{t("devices.nothingWaits")}</Badge>
      )}
      <Badge>{t("devices.version", { version: appVersion })}</Badge>
      {silent ? (
        <Badge tone="due" icon={Radio}>
          {t("devices.silent")}
        </Badge>
      ) : null}
      {tooOld ? (
        <Badge tone="due" icon={Download}>
          {t("devices.tooOld")}
        </Badge>
      ) : null}
    </li>
  );
}
