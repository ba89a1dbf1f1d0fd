import { useQuery } from "@tanstack/react-query";
import { SidePanel } from "@vitrine/ui/side-panel";
import { Skeleton } from "@vitrine/ui/skeleton";
import { useTranslations } from "use-intl";
import { Loading, QueryError, StaleNotice } from "../../lib/query-states.tsx";
import { AssetActions } from "./asset-actions.tsx";
import { AssetFacts } from "./asset-facts.tsx";
import { AssetForm } from "./asset-form.tsx";
import { AssetPreview } from "./asset-preview.tsx";
import { assetQuery } from "./asset-queries.ts";
import { AssetUse } from "./asset-use.tsx";

/** One asset: what it looks like, its words, its facts, and what uses it. */
export function AssetPanel({ assetId, onClose }: { assetId: string; onClose: () => void }) {
  const t = useTranslations("content");
  const common = useTranslations("common");
  const asset = useQuery(assetQuery(assetId));
  return (
    <SidePanel
      title={asset.data?.name ?? t("details")}
      closeLabel={common("close")}
      onClose={onClose}
      actions={asset.data ? <AssetActions asset={asset.data} onRemoved={onClose} /> : null}
    >
      {asset.data ? (
        <div className="grid gap-6 p-5">
          <StaleNotice query={asset} hasData />
          <AssetPreview asset={asset.data} />
          <AssetForm key={asset.data.id} asset={asset.data} />
          <AssetUse assetId={assetId} />
          <AssetFacts asset={asset.data} />
        </div>
      ) : asset.isError ? (
        <div className="p-5">
          <QueryError query={asset} />
        </div>
      ) : (
        <Loading className="grid gap-4 p-5">
          <Skeleton className="aspect-video w-full" />
          <Skeleton className="h-8 w-full" />
          <Skeleton className="h-20 w-full" />
          <Skeleton className="h-32 w-full" />
        </Loading>
      )}
    </SidePanel>
  );
}
