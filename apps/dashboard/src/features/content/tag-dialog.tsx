import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { AssetView } from "@vitrine/core/model/asset";
import { Button } from "@vitrine/ui/button";
import { Dialog } from "@vitrine/ui/dialog";
import { notify } from "@vitrine/ui/notices";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { useAct } from "../../lib/use-act.ts";
import { assetTagsQuery } from "./asset-queries.ts";
import { TagField } from "./tag-field.tsx";

/** Gives tags to many assets and takes away those that all of them share. */
export function TagDialog({ assets, onClose }: { assets: readonly AssetView[]; onClose: () => void }) {
  const t = useTranslations("content");
  const common = useTranslations("common");
  const queryClient = useQueryClient();
  const known = useQuery(assetTagsQuery);
  const shared = sharedTags(assets);
  const [tags, setTags] = useState<readonly string[]>(shared);
  const save = useAct(
    () =>
      Promise.all(
        assets.map((asset) =>
          api.assets.update.mutate({ id: asset.id, tags: retagged(asset.tags, shared, tags) }),
        ),
      ),
    {
      done: () => {
        notify({ title: t("tagged", { count: assets.length }) });
        onClose();
      },
      settled: () => void queryClient.invalidateQueries({ queryKey: ["asset"] }),
    },
  );
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t("tagTitle", { count: assets.length })}
      description={t("tagPurpose")}
      closeLabel={common("close")}
      footer={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button variant="primary" isBusy={save.isPending} onClick={() => save.mutate(undefined)}>
            {common("save")}
          </Button>
        </>
      }
    >
      <TagField
        tags={tags}
        known={known.data?.tags}
        onChange={setTags}
        label={t("tags")}
        hint={t("tagsHint")}
      />
    </Dialog>
  );
}

/** Tags that every one of the assets has. */
export function sharedTags(assets: readonly { tags: readonly string[] }[]): string[] {
  const [first, ...others] = assets;
  return (first?.tags ?? []).filter((tag) => others.every((one) => one.tags.includes(tag)));
}

/** An asset's tags once what all shared was changed from `before` to `after`; its own others stay. */
export function retagged(
  own: readonly string[],
  before: readonly string[],
  after: readonly string[],
): string[] {
  const kept = own.filter((tag) => !before.includes(tag) || after.includes(tag));
  return [...new Set([...kept, ...after])];
}
