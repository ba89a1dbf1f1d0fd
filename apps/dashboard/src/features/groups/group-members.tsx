import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { GroupView } from "@vitrine/core/model/group";
import { IconButton } from "@vitrine/ui/icon-button";
import { Skeleton } from "@vitrine/ui/skeleton";
import { X } from "lucide-react";
import { useTranslations } from "use-intl";
import { LoadMore } from "../../lib/load-more.tsx";
import { Loading, QueryError } from "../../lib/query-states.tsx";
import { DeviceMarks } from "../screens/device-marks.tsx";
import { devicesQuery } from "../screens/device-queries.ts";
import { DeviceStatusLine } from "../screens/device-status.tsx";
import { Glass } from "../screens/glass.tsx";
import { useGroupChange } from "./use-group-change.ts";

/** The screens of a group, each to be taken out. */
export function GroupMembers({ group, mayEdit }: { group: GroupView; mayEdit: boolean }) {
  const t = useTranslations("groups");
  const query = useInfiniteQuery(devicesQuery({ group: group.id }));
  const change = useGroupChange();
  if (query.isPending) {
    return (
      <Loading className="grid gap-2">
        <Skeleton className="h-12" />
        <Skeleton className="h-12" />
      </Loading>
    );
  }
  if (query.isError && !query.data) return <QueryError query={query} />;
  const devices = query.data?.pages.flatMap((page) => page.rows) ?? [];
  if (devices.length === 0) return <p className="text-muted">{t("noMembers")}</p>;
  return (
    <>
      <ul className="rounded-lg border">
        {devices.map((device) => (
          <li key={device.id} className="flex h-13 items-center gap-3 ps-2.5 pe-1.5 not-first:border-t">
            <Glass device={device} isSmall className="w-14 shrink-0" />
            <span className="grid min-w-0 grow">
              <Link
                to="/screens/$deviceId"
                params={{ deviceId: device.id }}
                className="truncate rounded-sm font-medium hover:underline"
              >
                {device.name}
              </Link>
              <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
                <DeviceStatusLine status={device.status} />
                <DeviceMarks device={device} />
              </span>
            </span>
            {mayEdit ? (
              <IconButton
                label={t("takeOut", { name: device.name })}
                className="text-muted"
                onClick={() => change.mutate({ group, remove: [device.id] })}
              >
                <X aria-hidden />
              </IconButton>
            ) : null}
          </li>
        ))}
      </ul>
      <LoadMore query={query} />
    </>
  );
}
