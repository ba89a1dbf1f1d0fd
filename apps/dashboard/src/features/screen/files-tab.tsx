import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { DeviceView } from "@vitrine/core/model/device";
import type { deviceFiles } from "@vitrine/core/model/device-health";
import { EmptyState } from "@vitrine/ui/empty-state";
import { Progress } from "@vitrine/ui/progress";
import { Skeleton } from "@vitrine/ui/skeleton";
import { Status, type Tone } from "@vitrine/ui/status";
import {
  CircleHelp,
  CircleX,
  Download,
  FileCheck2,
  Hourglass,
  type LucideIcon,
  RotateCw,
} from "lucide-react";
import { useFormatter, useTranslations } from "use-intl";
import type * as z from "zod";
import { Loading, QueryError, StaleNotice } from "../../lib/query-states.tsx";
import { useCan } from "../../lib/session.ts";
import { useBytes } from "../../lib/use-bytes.ts";
import { deviceFilesQuery } from "./screen-queries.ts";

type File = z.infer<typeof deviceFiles>["files"][number];
const LOOK: Record<File["state"], { tone: Tone; icon: LucideIcon }> = {
  downloading: { tone: "accent", icon: Download },
  retrying: { tone: "warning", icon: RotateCw },
  set_aside: { tone: "danger", icon: CircleX },
  waiting: { tone: "neutral", icon: Hourglass },
};

/** How far a screen is with its files: in all, and each that is missing. */
export function FilesTab({ device }: { device: DeviceView }) {
  const t = useTranslations("files");
  const bytes = useBytes();
  const query = useQuery(deviceFilesQuery(device.id));
  const { sync } = device;
  if (!query.data) {
    if (query.isError) return <QueryError query={query} />;
    return (
      <Loading className="grid gap-3">
        <Skeleton className="h-20" />
        <Skeleton className="h-14" />
        <Skeleton className="h-14" />
      </Loading>
    );
  }
  const { files } = query.data;
  const missing = sync ? sync.filesTotal - sync.filesReady : 0;
  if (missing <= 0 && files.length === 0) {
    return (
      <EmptyState
        icon={sync ? <FileCheck2 aria-hidden /> : <CircleHelp aria-hidden />}
        title={sync ? t("allThere") : t("unknown")}
      >
        {sync
          ? t("allThereText", { total: sync.filesTotal, bytes: bytes(sync.bytesTotal) })
          : t("unknownText")}
      </EmptyState>
    );
  }
  return (
    <section aria-label={t("title")} className="grid gap-4">
      <StaleNotice query={query} hasData />
      {sync ? (
        <div className="grid gap-2 rounded-lg border bg-raised p-4">
          <p className="tabular font-medium">
            {t("total", {
              ready: sync.filesReady,
              total: sync.filesTotal,
              bytesReady: bytes(sync.bytesReady),
              bytesTotal: bytes(sync.bytesTotal),
            })}
          </p>
          <Progress
            value={sync.bytesTotal > 0 ? sync.bytesReady / sync.bytesTotal : null}
            label={t("progress")}
          />
        </div>
      ) : null}
      {files.length > 0 ? (
        <div className="grid gap-2">
          <p className="text-muted">{t("listed")}</p>
          <ul className="rounded-lg border bg-raised">
            {files.map((file) => (
              <Line key={file.sha256} file={file} />
            ))}
          </ul>
        </div>
      ) : null}
      {missing > files.length ? (
        <p className="text-muted">{t("more", { count: missing - files.length })}</p>
      ) : null}
    </section>
  );
}

function Line({ file }: { file: File }) {
  const t = useTranslations("files");
  const format = useFormatter();
  const can = useCan();
  const bytes = useBytes();
  const { tone, icon: Icon } = LOOK[file.state];
  const name = file.asset?.name ?? t("unknownContent");
  const share = file.sizeBytes > 0 ? file.bytesReady / file.sizeBytes : null;
  return (
    <li className="grid gap-1.5 px-4 py-3 not-first:border-t">
      <div className="flex min-w-0 flex-wrap items-baseline gap-x-4 gap-y-0.5">
        <p className="min-w-0 grow basis-56 truncate font-medium" data-tip={name}>
          {file.asset && can("assets.view") ? (
            <Link
              to="/content"
              search={{ asset: file.asset.id }}
              className="block truncate underline-offset-4 hover:underline"
            >
              {name}
            </Link>
          ) : (
            name
          )}
        </p>
        <p className="tabular shrink-0 text-muted text-sm">
          {t("of", { ready: bytes(file.bytesReady), total: bytes(file.sizeBytes) })}
          {share === null ? null : ` · ${format.number(share, { style: "percent" })}`}
        </p>
      </div>
      <Progress value={share ?? 0} tone={tone} label={t("progressOf", { name })} />
      <p className="flex min-w-0 flex-wrap items-center gap-x-3 text-sm">
        <Status tone={tone} icon={<Icon aria-hidden />}>
          {t(`state.${file.state}`)}
        </Status>
        {file.failures > 0 ? (
          <span className="text-muted">{t("failures", { count: file.failures })}</span>
        ) : null}
        {file.problem ? <span className="min-w-0 break-words text-muted">{file.problem}</span> : null}
      </p>
    </li>
  );
}
