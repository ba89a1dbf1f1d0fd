import { useQuery } from "@tanstack/react-query";
import type { DeviceView } from "@vitrine/core/model/device";
import { Skeleton } from "@vitrine/ui/skeleton";
import { Status, type Tone } from "@vitrine/ui/status";
import { Check, Clock, type LucideIcon, Send, TimerOff, TriangleAlert } from "lucide-react";
import { useFormatter, useTranslations } from "use-intl";
import type { Outputs } from "../../lib/api-client.ts";
import { QueryError } from "../../lib/query-states.tsx";
import { deviceCommandsQuery } from "../screens/device-queries.ts";

type Command = Outputs["devices"]["commands"]["commands"][number];
const LOOK: Record<Command["state"], { tone: Tone; icon: LucideIcon }> = {
  waiting: { tone: "neutral", icon: Clock },
  delivered: { tone: "accent", icon: Send },
  done: { tone: "success", icon: Check },
  failed: { tone: "danger", icon: TriangleAlert },
  expired: { tone: "warning", icon: TimerOff },
};

/** What was asked of a screen lately, and how far each has come. */
export function ScreenCommands({ device }: { device: DeviceView }) {
  const t = useTranslations("commands");
  const format = useFormatter();
  const query = useQuery({
    ...deviceCommandsQuery(device.id),
    refetchInterval: ({ state }) => (state.data?.commands.some(isOpen) ? 3_000 : 30_000),
  });
  return (
    <section aria-label={t("title")} className="grid gap-2">
      <h2 className="font-medium">{t("title")}</h2>
      {query.data ? (
        query.data.commands.length === 0 ? (
          <p className="text-muted">{t("none")}</p>
        ) : (
          <ul className="rounded-lg border bg-raised">
            {query.data.commands.map((command) => {
              const { tone, icon: Icon } = LOOK[command.state];
              return (
                <li
                  key={command.id}
                  className="flex min-h-10 flex-wrap items-center gap-x-4 px-3 py-1.5 not-first:border-t"
                >
                  <span className="grow font-medium">{t(`kind.${command.kind}`)}</span>
                  {command.failure ? (
                    <span className="min-w-0 break-words text-muted text-sm">{command.failure}</span>
                  ) : null}
                  <Status tone={tone} icon={<Icon aria-hidden />}>
                    {t(`state.${command.state}`)}
                  </Status>
                  <span className="tabular text-muted text-sm">
                    {format.dateTime(new Date(command.finishedAt ?? command.createdAt), {
                      timeStyle: "medium",
                      timeZone: device.timeZone,
                      dateStyle: "short",
                    })}
                  </span>
                </li>
              );
            })}
          </ul>
        )
      ) : query.isError ? (
        <QueryError query={query} />
      ) : (
        <Skeleton className="h-20" />
      )}
    </section>
  );
}

function isOpen(command: Command): boolean {
  return command.state === "waiting" || command.state === "delivered";
}
