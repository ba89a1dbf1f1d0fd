import { useQuery } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import type { DeviceView } from "@vitrine/core/model/device";
import { Button, buttonClass } from "@vitrine/ui/button";
import { EmptyState } from "@vitrine/ui/empty-state";
import { Skeleton } from "@vitrine/ui/skeleton";
import { ChevronRight, Download, ScrollText } from "lucide-react";
import { useEffect } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { Loading, QueryError, StaleNotice } from "../../lib/query-states.tsx";
import { useCan } from "../../lib/session.ts";
import { useBytes } from "../../lib/use-bytes.ts";
import { CommandState } from "./command-state.tsx";
import { logFileName } from "./log-file-name.ts";
import { LogReader } from "./log-reader.tsx";
import { deviceCommandsQuery, deviceLogsQuery, isUnderWay } from "./screen-queries.ts";
import { useCommand } from "./use-command.tsx";

/** Logs that a screen sent: ask for the newest, and read them. */
export function LogsTab({ device }: { device: DeviceView }) {
  const t = useTranslations("logs");
  const format = useFormatter();
  const bytes = useBytes();
  const { log } = useSearch({ from: "/app/screens/$deviceId" });
  const query = useQuery(deviceLogsQuery(device.id));
  const moment = (at: string) =>
    format.dateTime(new Date(at), { dateStyle: "medium", timeStyle: "medium", timeZone: device.timeZone });
  const logs = query.data?.logs ?? [];
  const open = logs.find(({ id }) => id === log);
  if (open)
    return <LogReader device={device} log={open} title={t("of", { when: moment(open.receivedAt) })} />;
  const ask = <AskForLogs device={device} onDone={() => void query.refetch()} />;
  if (!query.data) {
    if (query.isError) return <QueryError query={query} />;
    return (
      <Loading className="grid gap-3">
        <Skeleton className="h-8 w-40" />
        <Skeleton className="h-14" />
        <Skeleton className="h-14" />
      </Loading>
    );
  }
  if (logs.length === 0) {
    return (
      <EmptyState icon={<ScrollText aria-hidden />} title={t("empty")} action={ask}>
        {t("emptyText")}
      </EmptyState>
    );
  }
  return (
    <section aria-label={t("list")} className="grid gap-3">
      <StaleNotice query={query} hasData />
      {ask}
      <ul className="rounded-lg border bg-raised">
        {logs.map((one) => (
          <li key={one.id} className="flex items-center gap-2 pe-2 not-first:border-t">
            <Link
              to="/screens/$deviceId"
              params={{ deviceId: device.id }}
              search={{ tab: "logs", log: one.id }}
              resetScroll={false}
              className="flex min-h-14 min-w-0 grow items-center gap-3 rounded-lg px-4 hover:bg-hover"
            >
              <ScrollText aria-hidden className="size-4 shrink-0 text-muted" />
              <span className="min-w-0 grow">
                <span className="block truncate font-medium">{moment(one.receivedAt)}</span>
                <span className="tabular block text-muted text-sm">
                  {t("lines", { count: one.lineCount })} · {bytes(one.sizeBytes)}
                </span>
              </span>
              <ChevronRight aria-hidden className="size-4 shrink-0 text-muted rtl:rotate-180" />
            </Link>
            <a
              href={one.url}
              download={logFileName(device, one)}
              aria-label={t("download")}
              data-tip={t("download")}
              className={buttonClass("ghost", "md", "size-8 px-0")}
            >
              <Download aria-hidden />
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The button that asks for logs, and how far that has come; `onDone` once they are there. */
function AskForLogs({ device, onDone }: { device: DeviceView; onDone: () => void }) {
  const t = useTranslations("logs");
  const mayControl = useCan()("devices.control") && device.isActive;
  const command = useCommand(device);
  const commands = useQuery(deviceCommandsQuery(device.id));
  const latest = commands.data?.commands.find(({ kind }) => kind === "send_logs");
  const doneAt = latest?.state === "done" ? latest.finishedAt : null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each command that is done is one reason to look again
  useEffect(() => {
    if (doneAt) onDone();
  }, [doneAt]);
  if (!mayControl) return null;
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Button
        isBusy={command.sending === "send_logs"}
        disabled={latest !== undefined && isUnderWay(latest)}
        onClick={() => command.ask("send_logs")}
      >
        <ScrollText aria-hidden />
        {t("ask")}
      </Button>
      {latest && latest.state !== "done" ? <CommandState command={latest} /> : null}
      {command.dialog}
    </div>
  );
}
