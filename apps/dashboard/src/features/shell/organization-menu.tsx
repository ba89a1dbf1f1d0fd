import { useNavigate } from "@tanstack/react-router";
import { Avatar } from "@vitrine/ui/avatar";
import { Menu, MenuChoices, MenuItem, MenuSeparator } from "@vitrine/ui/menu";
import { Plus } from "lucide-react";
import { lazy, type ReactElement, Suspense, useState } from "react";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { useEnterSession, useSession } from "../../lib/session.ts";
import { useAct } from "../../lib/use-act.ts";

const CreateOrganizationDialog = lazy(async () => ({
  default: (await import("../account/create-organization-dialog.tsx")).CreateOrganizationDialog,
}));

/** Moves between the organizations of this person, or founds another, where the address does not say which it is. Open as soon as it is there. */
export default function OrganizationMenu({ trigger }: { trigger: ReactElement }) {
  const t = useTranslations("shell");
  const { organization, organizations, isBound } = useSession();
  const offered = isBound
    ? organizations.filter(({ organizationId }) => organizationId === organization.id)
    : organizations;
  const enter = useEnterSession();
  const navigate = useNavigate();
  const [isCreating, setCreating] = useState(false);
  const select = useAct((organizationId: string) => api.organization.select.mutate({ organizationId }), {
    done: (session) => {
      enter(session);
      void navigate({ to: "/" });
    },
  });
  return (
    <>
      <Menu align="start" isOpenAtFirst trigger={trigger}>
        <MenuChoices
          label={t("organizations")}
          value={organization.id}
          onChange={(organizationId) => {
            if (organizationId !== organization.id) select.mutate(organizationId);
          }}
          options={offered.map((one) => ({
            value: one.organizationId,
            label: one.name,
            icon: <Avatar name={one.name} className="size-6" />,
          }))}
        />
        {isBound ? null : (
          <>
            <MenuSeparator />
            <MenuItem icon={<Plus aria-hidden />} onSelect={() => setCreating(true)}>
              {t("newOrganization")}
            </MenuItem>
          </>
        )}
      </Menu>
      {isCreating ? (
        <Suspense>
          <CreateOrganizationDialog onClose={() => setCreating(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
