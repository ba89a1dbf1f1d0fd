import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Switch } from "@vitrine/ui/switch";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { useAct } from "../../lib/use-act.ts";
import { organizationQuery } from "../settings/settings-queries.ts";

/** The organization's address under the server's, and whether it says whose it is before anybody has signed in. */
export function Subdomain({ address }: { address: string | null }) {
  const t = useTranslations("domains");
  const queryClient = useQueryClient();
  const { data: organization } = useQuery(organizationQuery);
  const change = useAct((isSignInBranded: boolean) => api.organization.update.mutate({ isSignInBranded }), {
    done: (next) => queryClient.setQueryData(organizationQuery.queryKey, next),
  });
  if (address === null) return <p className="text-muted">{t("noSubdomain")}</p>;
  return (
    <div className="grid gap-4">
      <a
        href={address}
        className="justify-self-start break-all font-medium text-accent-text underline-offset-4 hover:underline"
      >
        {address}
      </a>
      <div className="flex items-start gap-3">
        <Switch
          id="branded-sign-in"
          isOn={change.isPending ? change.variables : (organization?.isSignInBranded ?? false)}
          onChange={(isOn) => change.mutate(isOn)}
          isDisabled={organization === undefined}
        />
        <div className="grid gap-1">
          <p id="branded-sign-in-label" className="font-medium">
            {t("branded")}
          </p>
          <p className="text-muted text-sm">{t("brandedHint")}</p>
        </div>
      </div>
    </div>
  );
}
