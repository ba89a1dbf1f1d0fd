import { useNavigate } from "@tanstack/react-router";
import { Avatar } from "@vitrine/ui/avatar";
import { Menu, MenuChoices, MenuItem, MenuSeparator } from "@vitrine/ui/menu";
import { ChevronsUpDown, Plus } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { useEnterSession, useSession } from "../../lib/session.ts";
import { useAct } from "../../lib/use-act.ts";

const CreateOrganizationDialog = lazy(async () => ({
  default: (await import("../account/create-organization-dialog.tsx")).CreateOrganizationDialog,
}));

/** Names the organization and moves between those of this person. */
export function OrganizationSwitcher() {
  const t = useTranslations("shell");
  const { organization, organizations } = useSession();
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
      <Menu
        align="start"
        trigger={
          <button
            type="button"
            aria-label={t("organization", { name: organization.name })}
            className="flex h-9 min-w-0 items-center gap-2 rounded-md px-1.5 hover:bg-hover"
          >
            <Avatar name={organization.name} className="size-6" />
            <span className="truncate font-medium">{organization.name}</span>
            <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-muted" />
          </button>
        }
      >
        <MenuChoices
          label={t("organizations")}
          value={organization.id}
          onChange={(organizationId) => {
            if (organizationId !== organization.id) select.mutate(organizationId);
          }}
          options={organizations.map((one) => ({
            value: one.organizationId,
            label: one.name,
            icon: <Avatar name={one.name} className="size-6" />,
          }))}
        />
        <MenuSeparator />
        <MenuItem icon={<Plus aria-hidden />} onSelect={() => setCreating(true)}>
          {t("newOrganization")}
        </MenuItem>
      </Menu>
      {isCreating ? (
        <Suspense>
          <CreateOrganizationDialog onClose={() => setCreating(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
