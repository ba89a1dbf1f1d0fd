import { useQuery } from "@tanstack/react-query";
import { Skeleton } from "@vitrine/ui/skeleton";
import { useTranslations } from "use-intl";
import { QueryError } from "../../lib/query-states.tsx";
import { UsedByList } from "../../lib/used-by-list.tsx";
import { assetUsedByQuery } from "./asset-queries.ts";

/** Where an asset plays. */
export function AssetUse({ assetId }: { assetId: string }) {
  const t = useTranslations("content");
  const use = useQuery(assetUsedByQuery(assetId));
  return (
    <section className="grid gap-2" aria-busy={use.isPending}>
      <h3 className="font-medium">{t("usedBy")}</h3>
      {use.data ? (
        <UsedByList use={use.data} />
      ) : use.isError ? (
        <QueryError query={use} />
      ) : (
        <Skeleton className="h-5 w-40" />
      )}
    </section>
  );
}
