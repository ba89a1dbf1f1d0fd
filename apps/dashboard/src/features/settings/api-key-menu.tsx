import { useQueryClient } from "@tanstack/react-query";
import type { ApiKeyView } from "@vitrine/core/model/api-key";
import { expandGrants } from "@vitrine/core/model/permissions";
import { ConfirmDialog } from "@vitrine/ui/confirm-dialog";
import { IconButton } from "@vitrine/ui/icon-button";
import { Menu, MenuItem, MenuSeparator } from "@vitrine/ui/menu";
import { notify } from "@vitrine/ui/notices";
import { Ellipsis, KeyRound, Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { useCan } from "../../lib/session.ts";
import { useAct } from "../../lib/use-act.ts";
import { EditApiKeyDialog } from "./edit-api-key-dialog.tsx";
import { RotateApiKeyDialog } from "./rotate-api-key-dialog.tsx";

/** What can be done about a key. One that may do more than the person is only revoked by them. */
export function ApiKeyMenu({ apiKey, isOver }: { apiKey: ApiKeyView; isOver: boolean }) {
  const t = useTranslations("apiKeys");
  const common = useTranslations("common");
  const can = useCan();
  const queryClient = useQueryClient();
  const [asked, setAsked] = useState<"edit" | "rotate" | "revoke" | null>(null);
  const close = () => setAsked(null);
  const revoke = useAct(() => api.apiKeys.revoke.mutate({ id: apiKey.id }), {
    done: () => {
      close();
      notify({ title: t("revoked", { name: apiKey.name }) });
    },
    settled: () => void queryClient.invalidateQueries({ queryKey: ["apiKey"] }),
  });
  const mayChange = !isOver && expandGrants(apiKey.grants).every((one) => can(one));
  return (
    <>
      <Menu
        trigger={
          <IconButton label={t("actions", { name: apiKey.name })}>
            <Ellipsis aria-hidden />
          </IconButton>
        }
      >
        {mayChange ? (
          <>
            <MenuItem icon={<Pencil aria-hidden />} onSelect={() => setAsked("edit")}>
              {t("edit")}
            </MenuItem>
            {apiKey.isReplaced ? null : (
              <MenuItem icon={<KeyRound aria-hidden />} onSelect={() => setAsked("rotate")}>
                {t("rotate")}
              </MenuItem>
            )}
            <MenuSeparator />
          </>
        ) : null}
        <MenuItem isDangerous icon={<Trash2 aria-hidden />} onSelect={() => setAsked("revoke")}>
          {t("revoke")}
        </MenuItem>
      </Menu>
      {asked === "edit" ? <EditApiKeyDialog apiKey={apiKey} onClose={close} /> : null}
      {asked === "rotate" ? <RotateApiKeyDialog apiKey={apiKey} onClose={close} /> : null}
      <ConfirmDialog
        isOpen={asked === "revoke"}
        onClose={close}
        onConfirm={() => revoke.mutate(undefined)}
        isBusy={revoke.isPending}
        title={t("revokeTitle", { name: apiKey.name })}
        confirmLabel={t("revokeNow")}
        cancelLabel={common("cancel")}
      >
        {t("revokeText")}
      </ConfirmDialog>
    </>
  );
}
