import { useQuery } from "@tanstack/react-query";
import { Avatar } from "@vitrine/ui/avatar";
import { Skeleton } from "@vitrine/ui/skeleton";
import { Badge } from "@vitrine/ui/status";
import { useFormatter, useTranslations } from "use-intl";
import { QueryError, StaleNotice } from "../../lib/query-states.tsx";
import { useSession } from "../../lib/session.ts";
import { membersQuery } from "./settings-queries.ts";

/** The people of the organization and what each is. */
export function Members() {
  const t = useTranslations("organization");
  const roles = useTranslations("role");
  const common = useTranslations("common");
  const format = useFormatter();
  const { user } = useSession();
  const members = useQuery(membersQuery);
  if (members.isPending) {
    return (
      <div role="status" className="grid gap-2">
        <span className="sr-only">{common("loading")}</span>
        <Skeleton className="h-12" />
        <Skeleton className="h-12" />
      </div>
    );
  }
  if (members.isError && !members.data) return <QueryError query={members} />;
  return (
    <div className="grid gap-3">
      <StaleNotice query={members} hasData />
      <ul className="rounded-lg border bg-raised">
        {members.data.rows.map((member) => (
          <li
            key={member.userId}
            className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2.5 not-first:border-t"
          >
            <Avatar name={member.name} className="size-8" />
            <div className="grid min-w-0 grow basis-40">
              <p className="flex items-center gap-2">
                <span className="truncate font-medium">{member.name}</span>
                {member.userId === user.id ? <Badge tone="accent">{t("you")}</Badge> : null}
                {member.isActive ? null : <Badge tone="warning">{t("inactive")}</Badge>}
              </p>
              <p className="truncate text-muted text-sm">{member.email}</p>
            </div>
            <p className="text-sm">{roles(member.role)}</p>
            <p className="tabular w-28 text-end text-muted text-sm">
              {format.dateTime(new Date(member.joinedAt), { dateStyle: "medium" })}
            </p>
          </li>
        ))}
      </ul>
    </div>
  );
}
