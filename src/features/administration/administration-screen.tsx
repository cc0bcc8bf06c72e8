// Sites and accounts as the directory has them; read only. The administrator sees no case content.
import { Building2 } from "lucide-react";
import { allAccounts, allSites } from "#src/data/place-queries.ts";
import { useQuery } from "#src/data/use-query.ts";
import type { Account } from "#src/domain/records/account.ts";
import type { Site } from "#src/domain/records/site.ts";
import { profileIdOf } from "#src/domain/profiles/index.ts";
import { siteKinds } from "#src/domain/records/code-lists.ts";
import { parseRole } from "#src/domain/roles.ts";
import { useLabels } from "#src/i18n/labels.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { Badge } from "#src/ui/badge.tsx";
import { EmptyState } from "#src/ui/empty-state.tsx";
import { PageHeader } from "#src/ui/page-header.tsx";
import { Row, Rows, Sheet } from "#src/ui/sheet.tsx";

export function AdministrationScreen() {
  const { t } = useTexts();
  const sites = useQuery(allSites);
  const accounts = useQuery(allAccounts);
  return (
    <div className="page stack-loose">
      <PageHeader title={t("administration.title")} detail={t("administration.hint")} />
      {sites.length === 0 ? (
        <EmptyState icon={Building2} title={t("administration.empty")}>
          <p>{t("administration.emptyHint")}</p>
        </EmptyState>
      ) : (
        <>
          <Sheet title={t("administration.sites")} aside={<span className="numeric">{sites.length}</span>}>
            <Rows label={t("administration.sites")}>
              {sites.map((site) => (
                <SiteRow key={site.siteId} site={site} />
              ))}
            </Rows>
          </Sheet>
          <Sheet
            title={t("administration.accounts")}
            aside={<span className="numeric">{accounts.length}</span>}
          >
            <Rows label={t("administration.accounts")}>
              {accounts.map((account) => (
                <AccountRow key={account.name} account={account} sites={sites} />
              ))}
            </Rows>
          </Sheet>
        </>
      )}
    </div>
  );
}

function SiteRow({ site }: { readonly site: Site }) {
  const { locale } = useTexts();
  const { codeLabel } = useLabels();
  return (
    <Row
      record={site.id}
      title={site.names[locale]}
      detail={
        <span className="cluster">
          <span className="numeric">{site.siteId}</span>
          <span className="numeric">{site.shortCode}</span>
        </span>
      }
      aside={<Badge>{codeLabel(siteKinds, site.kind, site.profile)}</Badge>}
    />
  );
}

function AccountRow({ account, sites }: { readonly account: Account; readonly sites: readonly Site[] }) {
  const { t, locale } = useTexts();
  const { roleLabel } = useLabels();
  const placed = account.roles.flatMap((text) => parseRole(text) ?? []);
  const siteAt = (place: string) => sites.find(({ siteId }) => siteId === place);
  return (
    <Row
      record={account.id}
      title={account.displayName}
      detail={
        <span className="cluster">
          <span className="numeric">{account.name}</span>
          {placed.map(({ role, place }) => (
            <span key={`${role}@${place}`}>
              {t("administration.roleAt", {
                role: roleLabel(role, profileIdOf(place, siteAt(place))),
                place: siteAt(place)?.names[locale] ?? place,
              })}
            </span>
          ))}
        </span>
      }
      aside={account.disabled === true ? <Badge tone="due">{t("administration.disabled")}</Badge> : undefined}
    />
  );
}
