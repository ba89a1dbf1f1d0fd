import { queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { RemovedOrganization } from "@vitrine/core/model/organization";
import { Avatar } from "@vitrine/ui/avatar";
import { Button } from "@vitrine/ui/button";
import { notify } from "@vitrine/ui/notices";
import { useId } from "react";
import { useFormatter, useNow, useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { useEnterSession } from "../../lib/session.ts";
import { useAct } from "../../lib/use-act.ts";

const removedQuery = queryOptions({
  queryKey: ["removedOrganizations"],
  queryFn: ({ signal }) => api.organization.removed.query(undefined, { signal }),
});

/** Organizations that the person removed or saw removed as an owner, each to be brought back; nothing without one. */
export function RemovedOrganizations() {
  const t = useTranslations("removing");
  const heading = useId();
  const { data } = useQuery(removedQuery);
  if (!data || data.rows.length === 0) return null;
  return (
    <section aria-labelledby={heading} className="grid gap-2">
      <h2 id={heading} className="font-medium">
        {t("removedTitle")}
      </h2>
      <ul className="rounded-lg border bg-raised">
        {data.rows.map((one) => (
          <Removed key={one.organizationId} organization={one} />
        ))}
      </ul>
    </section>
  );
}

function Removed({
  organization: { organizationId, name, removedAt },
}: {
  organization: RemovedOrganization;
}) {
  const t = useTranslations("removing");
  const format = useFormatter();
  const now = useNow({ updateInterval: 60_000 });
  const enter = useEnterSession();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const restore = useAct(() => api.organization.restore.mutate({ organizationId }), {
    done: (session) => {
      notify({ title: t("broughtBack", { name }) });
      enter(session);
      void navigate({ to: "/" });
    },
    settled: () => void queryClient.invalidateQueries({ queryKey: removedQuery.queryKey }),
  });
  return (
    <li className="flex flex-wrap items-center gap-3 p-3 not-first:border-t">
      <Avatar name={name} className="size-9" />
      <div className="min-w-0 grow basis-40">
        <p className="truncate font-medium">{name}</p>
        <p className="text-muted text-sm">
          {t("removedAt", { when: format.relativeTime(new Date(removedAt), now) })}
        </p>
      </div>
      <Button
        aria-label={t("bringBackNamed", { name })}
        isBusy={restore.isPending}
        onClick={() => restore.mutate(undefined)}
      >
        {t("bringBack")}
      </Button>
    </li>
  );
}
