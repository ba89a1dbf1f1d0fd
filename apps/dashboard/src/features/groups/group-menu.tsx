import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { GroupView } from "@vitrine/core/model/group";
import { IconButton } from "@vitrine/ui/icon-button";
import { Menu, MenuItem, MenuSeparator } from "@vitrine/ui/menu";
import { notify } from "@vitrine/ui/notices";
import { Copy, Ellipsis, MonitorPlay, Pencil, RotateCcw, Trash2 } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { useCan } from "../../lib/session.ts";
import { useAct } from "../../lib/use-act.ts";
import { useRemoval } from "../../lib/use-removal.tsx";
import { GROUP_HEADS, refreshGroups } from "./group-queries.ts";

const GroupNameDialog = lazy(async () => ({
  default: (await import("./group-name-dialog.tsx")).GroupNameDialog,
}));

/** What can be done to one group. */
export function GroupMenu({ group, onRemoved }: { group: GroupView; onRemoved?: () => void }) {
  const t = useTranslations("groups");
  const can = useCan();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [isRenaming, setRenaming] = useState(false);
  const duplicate = useAct(() => api.groups.duplicate.mutate({ id: group.id }), {
    done: (copy) => notify({ title: t("created", { name: copy.name }) }),
    settled: () => refreshGroups(queryClient),
  });
  const removal = useRemoval({
    remove: (input) => api.groups.remove.mutate(input),
    restore: (input) => api.groups.restore.mutate(input),
    heads: GROUP_HEADS,
    ...(onRemoved ? { onDone: onRemoved } : {}),
  });
  const mayEdit = can("devices.edit");
  return (
    <>
      <Menu
        trigger={
          <IconButton label={t("actions", { name: group.name })}>
            <Ellipsis aria-hidden />
          </IconButton>
        }
      >
        {group.isActive ? (
          <MenuItem
            icon={<MonitorPlay aria-hidden />}
            onSelect={() => void navigate({ to: "/screens", search: { group: group.id } })}
          >
            {t("showScreens")}
          </MenuItem>
        ) : null}
        {group.isActive && mayEdit ? (
          <>
            <MenuItem icon={<Pencil aria-hidden />} onSelect={() => setRenaming(true)}>
              {t("rename")}
            </MenuItem>
            <MenuItem icon={<Copy aria-hidden />} onSelect={() => duplicate.mutate(undefined)}>
              {t("duplicate")}
            </MenuItem>
            <MenuSeparator />
            <MenuItem isDangerous icon={<Trash2 aria-hidden />} onSelect={() => removal.ask([group])}>
              {t("remove")}
            </MenuItem>
          </>
        ) : null}
        {!group.isActive && mayEdit ? (
          <MenuItem icon={<RotateCcw aria-hidden />} onSelect={() => removal.restore([group])}>
            {t("restore")}
          </MenuItem>
        ) : null}
      </Menu>
      {removal.dialog}
      {isRenaming ? (
        <Suspense>
          <GroupNameDialog group={group} onClose={() => setRenaming(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
