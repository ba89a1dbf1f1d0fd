import { useQuery } from "@tanstack/react-query";
import { Skeleton } from "@vitrine/ui/skeleton";
import { useTranslations } from "use-intl";
import { QueryError } from "../../lib/query-states.tsx";
import { UsedByList } from "../../lib/used-by-list.tsx";
import { playlistUsedByQuery } from "./playlist-queries.ts";

/** Which screens play a playlist. */
export function PlaylistUse({ playlistId }: { playlistId: string }) {
  const t = useTranslations("playlist");
  const use = useQuery(playlistUsedByQuery(playlistId));
  return (
    <section className="hidden gap-2 xl:grid" aria-busy={use.isPending}>
      <h2 className="font-medium">{t("usedBy")}</h2>
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
