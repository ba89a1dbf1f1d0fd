import { useQueryClient } from "@tanstack/react-query";
import type { AssetView } from "@vitrine/core/model/asset";
import { Button } from "@vitrine/ui/button";
import { IconButton } from "@vitrine/ui/icon-button";
import { notify } from "@vitrine/ui/notices";
import { Eye, EyeOff, MonitorPlay, RotateCcw, Tag, Trash2, X } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { useCan } from "../../lib/session.ts";
import { useAct } from "../../lib/use-act.ts";
import { useRemoval } from "../../lib/use-removal.tsx";
import { useAppActions } from "../shell/app-actions.tsx";
import { TagDialog } from "./tag-dialog.tsx";

/** What can be done to all that is chosen at once. */
export function BulkBar({
  assets,
  isRemovedView,
  onChooseAll,
  onClear,
}: {
  assets: readonly AssetView[];
  isRemovedView: boolean;
  onChooseAll?: (() => void) | undefined;
  onClear: () => void;
}) {
  const t = useTranslations("content");
  const can = useCan();
  const actions = useAppActions();
  const queryClient = useQueryClient();
  const [isTagging, setTagging] = useState(false);
  const removal = useRemoval({
    remove: (input) => api.assets.remove.mutate(input),
    restore: (input) => api.assets.restore.mutate(input),
    heads: ["asset", "playlist", "overview"],
    onDone: onClear,
  });
  const toggle = useAct(
    (isEnabled: boolean) => Promise.all(assets.map(({ id }) => api.assets.update.mutate({ id, isEnabled }))),
    {
      done: (_, isEnabled) => {
        const count = assets.length;
        notify({
          title: isEnabled ? t("enabledMany", { count }) : t("disabledMany", { count }),
          action: { label: t("undo"), onSelect: () => toggle.mutate(!isEnabled) },
        });
      },
      settled: () => void queryClient.invalidateQueries({ queryKey: ["asset"] }),
    },
  );
  const areAllOff = assets.every((asset) => !asset.isEnabled);
  return (
    <section
      aria-label={t("chosenLabel")}
      className="-translate-x-1/2 fixed start-1/2 bottom-18 z-20 flex w-max max-w-[calc(100vw-1rem)] flex-wrap items-center justify-center gap-1 rounded-lg border bg-raised p-1.5 shadow-lift md:bottom-5 rtl:translate-x-1/2"
    >
      <p className="tabular px-2 font-medium" aria-live="polite">
        {t("chosen", { count: assets.length })}
      </p>
      {onChooseAll ? (
        <Button variant="ghost" onClick={onChooseAll}>
          {t("chooseAll")}
        </Button>
      ) : null}
      {isRemovedView ? (
        can("assets.delete") ? (
          <Button variant="ghost" isBusy={removal.isBusy} onClick={() => removal.restore(assets)}>
            <RotateCcw aria-hidden />
            {t("restore")}
          </Button>
        ) : null
      ) : (
        <>
          {can("devices.assign") && can("playlists.create") ? (
            <Button variant="ghost" onClick={() => actions.playOnScreen(assets.map((asset) => asset.id))}>
              <MonitorPlay aria-hidden />
              {t("play")}
            </Button>
          ) : null}
          {can("assets.edit") ? (
            <>
              <Button variant="ghost" onClick={() => setTagging(true)}>
                <Tag aria-hidden />
                {t("tag")}
              </Button>
              <Button variant="ghost" isBusy={toggle.isPending} onClick={() => toggle.mutate(areAllOff)}>
                {areAllOff ? <Eye aria-hidden /> : <EyeOff aria-hidden />}
                {areAllOff ? t("enable") : t("disable")}
              </Button>
            </>
          ) : null}
          {can("assets.delete") ? (
            <Button
              variant="ghost"
              className="text-danger"
              isBusy={removal.isBusy}
              onClick={() => removal.ask(assets)}
            >
              <Trash2 aria-hidden />
              {t("remove")}
            </Button>
          ) : null}
        </>
      )}
      <IconButton label={t("chooseNone")} onClick={onClear}>
        <X aria-hidden />
      </IconButton>
      {removal.dialog}
      {isTagging ? <TagDialog assets={assets} onClose={() => setTagging(false)} /> : null}
    </section>
  );
}
