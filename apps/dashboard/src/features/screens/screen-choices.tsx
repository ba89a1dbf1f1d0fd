import { useInfiniteQuery } from "@tanstack/react-query";
import { Checkbox } from "@vitrine/ui/checkbox";
import { Skeleton } from "@vitrine/ui/skeleton";
import { useId, useState } from "react";
import { useTranslations } from "use-intl";
import { LoadMore } from "../../lib/load-more.tsx";
import { QueryError } from "../../lib/query-states.tsx";
import { SearchBox } from "../../lib/search-box.tsx";
import { devicesQuery } from "./device-queries.ts";
import { DeviceStatusLine } from "./device-status.tsx";
import { usePlaylistName } from "./use-playlist-name.ts";

/** Screens to tick. */
export function ScreenChoices({
  chosen,
  onChange,
}: {
  chosen: ReadonlySet<string>;
  onChange: (chosen: ReadonlySet<string>) => void;
}) {
  const t = useTranslations("screens");
  const playlistName = usePlaylistName();
  const id = useId();
  const [search, setSearch] = useState("");
  const query = useInfiniteQuery(devicesQuery(search ? { q: search } : {}));
  if (query.isPending) return <Skeleton className="h-40" />;
  if (query.isError && !query.data) return <QueryError query={query} />;
  const devices = query.data?.pages.flatMap((page) => page.rows) ?? [];
  const isLong = (query.data?.pages[0]?.total ?? 0) > 8 || search !== "";
  return (
    <div className="grid gap-2">
      {isLong ? <SearchBox value={search} label={t("search")} onChange={setSearch} /> : null}
      {devices.length === 0 ? <p className="py-3 text-muted">{t("noMatchTitle")}</p> : null}
      <ul className="max-h-72 overflow-y-auto rounded-lg border">
        {devices.map((device) => (
          <li key={device.id} className="not-first:border-t">
            <label
              htmlFor={`${id}-${device.id}`}
              className="flex min-h-11 items-center gap-3 px-3 hover:bg-hover"
            >
              <Checkbox
                id={`${id}-${device.id}`}
                isChecked={chosen.has(device.id)}
                onChange={(isChecked) => {
                  const next = new Set(chosen);
                  if (isChecked) next.add(device.id);
                  else next.delete(device.id);
                  onChange(next);
                }}
              />
              <span className="grid min-w-0 grow">
                <span className="truncate font-medium">{device.name}</span>
                <span className="truncate text-muted text-sm">{playlistName(device)}</span>
              </span>
              <DeviceStatusLine status={device.status} className="shrink-0" />
            </label>
          </li>
        ))}
      </ul>
      <LoadMore query={query} />
    </div>
  );
}
