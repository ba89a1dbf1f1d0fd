import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { LayoutView } from "@vitrine/core/model/layout";
import { IconButton } from "@vitrine/ui/icon-button";
import { Menu, MenuItem, MenuSeparator } from "@vitrine/ui/menu";
import { notify } from "@vitrine/ui/notices";
import { Copy, Ellipsis, RotateCcw, Trash2 } from "lucide-react";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { useCan } from "../../lib/session.ts";
import { useAct } from "../../lib/use-act.ts";
import { useRemoval } from "../../lib/use-removal.tsx";

/** What can be done to one layout. Nothing where nothing may be done. */
export function LayoutMenu({ layout, onRemoved }: { layout: LayoutView; onRemoved?: () => void }) {
  const t = useTranslations("layouts");
  const can = useCan();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const duplicate = useAct(() => api.layouts.duplicate.mutate({ id: layout.id }), {
    done: (copy) => {
      notify({ title: t("duplicated", { name: copy.name }) });
      void navigate({ to: "/layouts/$layoutId", params: { layoutId: copy.id } });
    },
    settled: () => void queryClient.invalidateQueries({ queryKey: ["layout"] }),
  });
  const removal = useRemoval({
    remove: (input) => api.layouts.remove.mutate(input),
    restore: (input) => api.layouts.restore.mutate(input),
    heads: ["layout", "entry", "preview", "playlist"],
    ...(onRemoved ? { onDone: onRemoved } : {}),
  });
  if (!can("layouts.create") && !can("layouts.delete")) return null;
  return (
    <>
      <Menu
        trigger={
          <IconButton label={t("actions", { name: layout.name })}>
            <Ellipsis aria-hidden />
          </IconButton>
        }
      >
        {layout.isActive && can("layouts.create") ? (
          <MenuItem icon={<Copy aria-hidden />} onSelect={() => duplicate.mutate(undefined)}>
            {t("duplicate")}
          </MenuItem>
        ) : null}
        {layout.isActive && can("layouts.delete") ? (
          <>
            <MenuSeparator />
            <MenuItem isDangerous icon={<Trash2 aria-hidden />} onSelect={() => removal.ask([layout])}>
              {t("remove")}
            </MenuItem>
          </>
        ) : null}
        {!layout.isActive && can("layouts.delete") ? (
          <MenuItem icon={<RotateCcw aria-hidden />} onSelect={() => removal.restore([layout])}>
            {t("restore")}
          </MenuItem>
        ) : null}
      </Menu>
      {removal.dialog}
    </>
  );
}
