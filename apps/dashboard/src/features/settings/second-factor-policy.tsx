import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { OrganizationView } from "@vitrine/core/model/organization";
import { notify } from "@vitrine/ui/notices";
import { Switch } from "@vitrine/ui/switch";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { MoreMessages } from "../../lib/more-messages.tsx";
import { useSession } from "../../lib/session.ts";
import { useAct } from "../../lib/use-act.ts";
import { enFactor } from "../../messages/en-factor.ts";
import { organizationQuery } from "./settings-queries.ts";
import { SettingsSection } from "./settings-section.tsx";

type Props = { organization: OrganizationView; mayEdit: boolean };

/** Whether members need a second factor. */
export function SecondFactorPolicy(props: Props) {
  return (
    <MoreMessages messages={enFactor}>
      <Policy {...props} />
    </MoreMessages>
  );
}

function Policy({ organization: { isSecondFactorRequired }, mayEdit }: Props) {
  const t = useTranslations("policy");
  const queryClient = useQueryClient();
  const { hasSecondFactor } = useSession();
  const change = useAct(
    (isRequired: boolean) => api.organization.requireSecondFactor.mutate({ isRequired }),
    {
      done: (organization) => {
        queryClient.setQueryData(organizationQuery.queryKey, organization);
        notify({ title: organization.isSecondFactorRequired ? t("turnedOn") : t("turnedOff") });
      },
    },
  );
  const mustTurnOnFirst = mayEdit && !hasSecondFactor && !isSecondFactorRequired;
  return (
    <SettingsSection title={t("title")} text={t("text")}>
      <div className="flex items-start gap-3">
        <Switch
          id="second-factor-policy"
          isOn={change.isPending ? change.variables : isSecondFactorRequired}
          onChange={(isRequired) => change.mutate(isRequired)}
          isDisabled={!mayEdit || mustTurnOnFirst}
        />
        <div className="grid gap-1">
          <p id="second-factor-policy-label" className="font-medium">
            {t("required")}
          </p>
          <p className="text-muted text-sm">{t("requiredHint")}</p>
          {mustTurnOnFirst ? (
            <p className="text-sm">
              {t("missing")}{" "}
              <Link
                to="/settings/security"
                className="font-medium text-accent-text underline-offset-4 hover:underline"
              >
                {t("missingLink")}
              </Link>
            </p>
          ) : null}
        </div>
      </div>
    </SettingsSection>
  );
}
