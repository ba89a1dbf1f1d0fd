import { useQuery } from "@tanstack/react-query";
import { Skeleton } from "@vitrine/ui/skeleton";
import { useTranslations } from "use-intl";
import { Loading, QueryError, StaleNotice } from "../../lib/query-states.tsx";
import { useCan } from "../../lib/session.ts";
import { Page } from "../shell/page.tsx";
import { AccessPolicy } from "../tenants/access-policy.tsx";
import { BrandForm } from "./brand-form.tsx";
import { OrganizationForm } from "./organization-form.tsx";
import { RemoveOrganization } from "./remove-organization.tsx";
import { SecondFactorPolicy } from "./second-factor-policy.tsx";
import { organizationQuery } from "./settings-queries.ts";
import { SettingsSection } from "./settings-section.tsx";

/** What the organization is called, how it keeps time, and how its screens look. */
export function OrganizationPage() {
  const t = useTranslations("organization");
  const removing = useTranslations("removing");
  const can = useCan();
  const organization = useQuery(organizationQuery);
  return (
    <Page title={t("title")} purpose={t("purpose")}>
      {organization.data ? (
        <>
          <StaleNotice query={organization} hasData />
          <SettingsSection title={t("general")} text={t("generalText")}>
            <OrganizationForm organization={organization.data} mayEdit={can("organization.edit")} />
          </SettingsSection>
          <SettingsSection title={t("look")} text={t("lookText")}>
            <BrandForm organization={organization.data} mayEdit={can("organization.edit")} />
          </SettingsSection>
          <SecondFactorPolicy organization={organization.data} mayEdit={can("organization.edit")} />
          <AccessPolicy organization={organization.data} mayEdit={can("organization.edit")} />
          {can("organization.delete") ? (
            <SettingsSection title={removing("heading")} text={removing("headingText")}>
              <RemoveOrganization />
            </SettingsSection>
          ) : null}
        </>
      ) : organization.isError ? (
        <QueryError query={organization} />
      ) : (
        <Loading className="grid max-w-xl gap-4">
          <Skeleton className="h-8" />
          <Skeleton className="h-8" />
          <Skeleton className="h-8" />
        </Loading>
      )}
    </Page>
  );
}
