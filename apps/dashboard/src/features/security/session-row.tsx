import { useQueryClient } from "@tanstack/react-query";
import type { OwnSession } from "@vitrine/core/model/account";
import { Button } from "@vitrine/ui/button";
import { notify } from "@vitrine/ui/notices";
import { Badge } from "@vitrine/ui/status";
import { AppWindow, Monitor, Smartphone, Tablet } from "lucide-react";
import { useFormatter, useNow, useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { useAct } from "../../lib/use-act.ts";
import { accountEventsQuery, sessionsQuery } from "./security-queries.ts";
import { useDeviceName } from "./use-device-name.ts";

const ICONS = { desktop: Monitor, phone: Smartphone, tablet: Tablet, unknown: AppWindow };

/** One session: on what, from where, since when, and when it was last used. */
export function SessionRow({ session }: { session: OwnSession }) {
  const t = useTranslations("sessions");
  const format = useFormatter();
  const now = useNow({ updateInterval: 60_000 });
  const nameOf = useDeviceName();
  const queryClient = useQueryClient();
  const { id, isThis, remoteAddress, createdAt, lastSeenAt } = session;
  const device = nameOf(session);
  const Icon = ICONS[session.form];
  const end = useAct(() => api.account.revokeSession.mutate({ id }), {
    done: () => notify({ title: t("ended", { device }) }),
    settled: () =>
      Promise.all(
        [sessionsQuery, accountEventsQuery].map(({ queryKey }) =>
          queryClient.invalidateQueries({ queryKey }),
        ),
      ),
  });
  const used = new Date(lastSeenAt);
  return (
    <li className="grid grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-x-3 px-3 py-2.5 not-first:border-t">
      <Icon aria-hidden className="size-5 text-muted" />
      <div className="grid min-w-0 gap-0.5">
        <p className="flex min-w-0 flex-wrap items-center gap-x-2">
          <span className="min-w-0 truncate font-medium">{device}</span>
          {isThis ? <Badge tone="success">{t("this")}</Badge> : null}
        </p>
        <p className="tabular flex flex-wrap gap-x-3 text-muted text-sm">
          <span className="min-w-0 break-all">{remoteAddress}</span>
          <time
            dateTime={lastSeenAt}
            title={format.dateTime(used, { dateStyle: "medium", timeStyle: "short" })}
          >
            {t("lastUsed", { when: format.relativeTime(used > now ? now : used, now) })}
          </time>
          <time dateTime={createdAt}>
            {t("since", { date: format.dateTime(new Date(createdAt), { dateStyle: "medium" }) })}
          </time>
        </p>
      </div>
      {isThis ? null : (
        <Button
          className="text-danger"
          isBusy={end.isPending}
          onClick={() => end.mutate(undefined)}
          aria-label={t("endNamed", { device, address: remoteAddress })}
        >
          {t("end")}
        </Button>
      )}
    </li>
  );
}
