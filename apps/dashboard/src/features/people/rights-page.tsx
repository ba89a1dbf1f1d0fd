import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import {
  expandGrants,
  PERMISSIONS,
  type Permission,
  partsOf,
  ROLE_GRANTS,
  ROLES,
  type Role,
} from "@vitrine/core/model/permissions";
import { Check, Minus } from "lucide-react";
import { useTranslations } from "use-intl";
import { MoreMessages } from "../../lib/more-messages.tsx";
import { enPeople } from "../../messages/en-people.ts";
import { Page } from "../shell/page.tsx";
import { WhoMay } from "./who-may.tsx";

const HAS: Record<Role, ReadonlySet<Permission>> = {
  owner: new Set(expandGrants(ROLE_GRANTS.owner)),
  admin: new Set(expandGrants(ROLE_GRANTS.admin)),
  manager: new Set(expandGrants(ROLE_GRANTS.manager)),
  operator: new Set(expandGrants(ROLE_GRANTS.operator)),
  viewer: new Set(expandGrants(ROLE_GRANTS.viewer)),
};

/** What each role may do, and who that is. */
export function RightsPage() {
  return (
    <MoreMessages messages={enPeople}>
      <Rights />
    </MoreMessages>
  );
}

function Rights() {
  const t = useTranslations("rights");
  const roles = useTranslations("role");
  const areas = useTranslations("area");
  const actions = useTranslations("permissionAction");
  const search = useSearch({ from: "/app/settings/rights" });
  const who = PERMISSIONS.find((one) => one === search.who);
  const navigate = useNavigate({ from: "/settings/rights" });
  const byArea = Map.groupBy(PERMISSIONS, (permission) => partsOf(permission).area);
  return (
    <Page
      title={t("title")}
      purpose={t("purpose")}
      aside={
        who ? (
          <WhoMay key={who} permission={who} onClose={() => void navigate({ search: {}, replace: true })} />
        ) : null
      }
    >
      <section aria-label={t("title")} className="relative overflow-x-auto rounded-lg border bg-raised">
        <table className="w-full min-w-[36rem] border-collapse text-start">
          <thead>
            <tr className="border-b text-muted text-sm">
              <th scope="col" className="sticky start-0 bg-raised px-4 py-2.5 text-start font-medium">
                {t("permission")}
              </th>
              {ROLES.map((role) => (
                <th key={role} scope="col" className="w-24 px-2 py-2.5 text-center font-medium">
                  {roles(role)}
                </th>
              ))}
            </tr>
          </thead>
          {[...byArea].map(([area, list]) => (
            <tbody key={area} className="border-b last:border-b-0">
              <tr>
                <th
                  scope="rowgroup"
                  colSpan={ROLES.length + 1}
                  className="sticky start-0 px-4 pt-3 pb-1 text-start font-medium"
                >
                  {areas(area)}
                </th>
              </tr>
              {list.map((permission) => {
                const { action } = partsOf(permission);
                return (
                  <tr key={permission} className={permission === who ? "bg-accent-soft" : undefined}>
                    <th scope="row" className="sticky start-0 bg-inherit px-4 py-1 text-start font-normal">
                      <Link
                        from="/settings/rights"
                        to="/settings/rights"
                        search={{ who: permission }}
                        replace
                        className="flex min-h-7 items-center rounded-sm underline-offset-4 hover:underline"
                      >
                        {actions(action)}
                      </Link>
                    </th>
                    {ROLES.map((role) => (
                      <td key={role} className="px-2 py-1 text-center">
                        <Mark may={HAS[role].has(permission)} />
                      </td>
                    ))}
                  </tr>
                );
              })}
            </tbody>
          ))}
        </table>
      </section>
    </Page>
  );
}

function Mark({ may }: { may: boolean }) {
  const t = useTranslations("rights");
  return (
    <span className={may ? "text-success" : "text-muted"}>
      {may ? (
        <Check aria-hidden className="inline size-4" />
      ) : (
        <Minus aria-hidden className="inline size-4 opacity-40" />
      )}
      <span className="sr-only">{t(may ? "may" : "mayNot")}</span>
    </span>
  );
}
