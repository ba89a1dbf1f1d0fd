import { useQuery } from "@tanstack/react-query";
import type { DeviceView } from "@vitrine/core/model/device";
import { Skeleton } from "@vitrine/ui/skeleton";
import { useId } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { Loading, QueryError, StaleNotice } from "../../lib/query-states.tsx";
import { exactTimeWords } from "../../lib/time-words.ts";
import { COMMAND_ICONS } from "./command-groups.ts";
import { CommandState } from "./command-state.tsx";
import { type Command, deviceCommandsQuery, isUnderWay } from "./screen-queries.ts";

/** What was asked of a screen lately, by whom, and how far each has come. */
export function CommandList({ device }: { device: DeviceView }) {
  const t = useTranslations("commands");
  const title = useId();
  const query = useQuery(deviceCommandsQuery(device.id));
  return (
    <section aria-labelledby={title} className="grid gap-2">
      <h2 id={title} className="font-medium">
        {t("latest")}
      </h2>
      <StaleNotice query={query} hasData={query.data !== undefined} />
      {query.data ? (
        query.data.commands.length === 0 ? (
          <p className="text-muted">{t("empty")}</p>
        ) : (
          <ul className="rounded-lg border bg-raised">
            {query.data.commands.map((command) => (
              <Line key={command.id} command={command} timeZone={device.timeZone} />
            ))}
          </ul>
        )
      ) : query.isError ? (
        <QueryError query={query} />
      ) : (
        <Loading>
          <Skeleton className="h-32" />
        </Loading>
      )}
    </section>
  );
}

function Line({ command, timeZone }: { command: Command; timeZone: string }) {
  const t = useTranslations("commands");
  const format = useFormatter();
  const Icon = COMMAND_ICONS[command.kind];
  const asked = format.dateTime(new Date(command.createdAt), {
    dateStyle: "medium",
    timeStyle: "medium",
    timeZone,
  });
  return (
    <li className="grid gap-x-4 gap-y-0.5 px-4 py-2 not-first:border-t sm:grid-cols-[minmax(0,1fr)_auto] sm:items-center">
      <div className="flex min-w-0 items-center gap-2.5">
        <Icon aria-hidden className="size-4 shrink-0 text-muted" />
        <span className="min-w-0 truncate font-medium">{t(`kind.${command.kind}`)}</span>
      </div>
      <CommandState command={command} />
      <p className="tabular col-span-full min-w-0 break-words ps-6.5 text-muted text-sm">
        {asked}, {command.createdByName ? t("by", { name: command.createdByName }) : t("byNobody")}
        {isUnderWay(command)
          ? `, ${t("expires", { time: exactTimeWords(format, new Date(command.expiresAt), timeZone) })}`
          : null}
      </p>
      {command.failure ? (
        <p className="col-span-full min-w-0 break-words ps-6.5 text-sm">
          {t("failed", { text: command.failure })}
        </p>
      ) : null}
    </li>
  );
}
