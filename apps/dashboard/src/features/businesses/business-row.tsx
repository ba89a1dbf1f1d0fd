import { useQueryClient } from "@tanstack/react-query";
import type { BusinessView } from "@vitrine/core/model/business";
import { ConfirmDialog } from "@vitrine/ui/confirm-dialog";
import { IconButton } from "@vitrine/ui/icon-button";
import { Menu, MenuItem, MenuSeparator } from "@vitrine/ui/menu";
import { notify } from "@vitrine/ui/notices";
import { Ellipsis, Pencil, Store, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { useCan } from "../../lib/session.ts";
import { useAct } from "../../lib/use-act.ts";
import { useUseWords } from "./use-use-words.ts";

/** One business: its name and place, what belongs to it, and what can be done about it. */
export function BusinessRow({ business, onEdit }: { business: BusinessView; onEdit: () => void }) {
  const t = useTranslations("businesses");
  const words = useUseWords();
  const can = useCan();
  const { name, address, note, use } = business;
  return (
    <li className="grid grid-cols-[auto_minmax(0,1fr)_auto] items-start gap-x-3 py-3 ps-3 pe-2 not-first:border-t">
      <span
        aria-hidden
        className="grid size-9 place-items-center rounded-md border text-muted [&_svg]:size-4"
      >
        <Store />
      </span>
      <div className="grid min-w-0 gap-0.5">
        <p className="truncate font-medium">{name}</p>
        {address ? <p className="truncate text-muted text-sm">{address.replaceAll("\n", ", ")}</p> : null}
        {note ? <p className="line-clamp-2 text-muted text-sm">{note}</p> : null}
        <p className="tabular text-sm">{words(use) || t("nothing")}</p>
      </div>
      {can("businesses.manage") ? <Actions business={business} onEdit={onEdit} /> : null}
    </li>
  );
}

function Actions({ business, onEdit }: { business: BusinessView; onEdit: () => void }) {
  const t = useTranslations("businesses");
  const common = useTranslations("common");
  const words = useUseWords();
  const queryClient = useQueryClient();
  const [isAsked, setAsked] = useState(false);
  const inUse = words(business.use);
  const remove = useAct(() => api.businesses.remove.mutate({ id: business.id }), {
    done: () => {
      setAsked(false);
      notify({ title: t("removed", { name: business.name }) });
    },
    settled: () => void queryClient.invalidateQueries({ queryKey: ["business"] }),
  });
  return (
    <>
      <Menu
        trigger={
          <IconButton label={t("actions", { name: business.name })}>
            <Ellipsis aria-hidden />
          </IconButton>
        }
      >
        <MenuItem icon={<Pencil aria-hidden />} onSelect={onEdit}>
          {t("edit")}
        </MenuItem>
        <MenuSeparator />
        <MenuItem isDangerous icon={<Trash2 aria-hidden />} onSelect={() => setAsked(true)}>
          {t("remove")}
        </MenuItem>
      </Menu>
      <ConfirmDialog
        isOpen={isAsked}
        onClose={() => setAsked(false)}
        onConfirm={() => (inUse ? setAsked(false) : remove.mutate(undefined))}
        isBusy={remove.isPending}
        isDangerous={!inUse}
        title={inUse ? t("inUseTitle", { name: business.name }) : t("removeTitle", { name: business.name })}
        confirmLabel={inUse ? t("understood") : t("removeNow")}
        cancelLabel={common("cancel")}
      >
        {inUse ? t("inUse", { what: inUse }) : t("removeText")}
      </ConfirmDialog>
    </>
  );
}
