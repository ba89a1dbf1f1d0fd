import { useQueryClient } from "@tanstack/react-query";
import type { MemberView } from "@vitrine/core/model/member";
import type { Role } from "@vitrine/core/model/permissions";
import { Avatar } from "@vitrine/ui/avatar";
import { notify } from "@vitrine/ui/notices";
import { Select } from "@vitrine/ui/select";
import { Badge } from "@vitrine/ui/status";
import { ShieldCheck } from "lucide-react";
import { useFormatter, useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { useSession } from "../../lib/session.ts";
import { useAct } from "../../lib/use-act.ts";
import { PersonMenu } from "./person-menu.tsx";
import { useRoles } from "./use-roles.ts";

/** One person: who they are, since when, as what, and what can be done about it. */
export function PersonRow({ member }: { member: MemberView }) {
  const t = useTranslations("people");
  const roles = useTranslations("role");
  const limits = useTranslations("limits");
  const format = useFormatter();
  const { mayGive } = useRoles();
  const isSelf = useSession().user.id === member.userId;
  return (
    <li className="grid grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-x-3 gap-y-1.5 py-2.5 ps-3 pe-2 not-first:border-t sm:grid-cols-[auto_minmax(0,1fr)_auto_10rem_auto]">
      <Avatar name={member.name} className="size-9" />
      <div className="min-w-0">
        <p className="flex items-center gap-2">
          <span className="truncate font-medium">{member.name}</span>
          {isSelf ? <Badge tone="accent">{t("you")}</Badge> : null}
        </p>
        <p className="flex items-center gap-1.5 text-muted text-sm">
          <span className="truncate">
            {[
              member.email,
              ...(member.businesses === null
                ? []
                : [format.list(member.businesses.map(({ name }) => name)) || limits("none")]),
              ...(member.extra.length > 0 ? [t("beyond", { count: member.extra.length })] : []),
            ].join(" · ")}
          </span>
          {member.hasSecondFactor ? (
            <ShieldCheck
              role="img"
              aria-label={t("hasSecondFactor")}
              data-tip={t("hasSecondFactor")}
              className="size-3.5 shrink-0 text-success"
            />
          ) : null}
        </p>
      </div>
      <div className="col-span-2 col-start-2 row-start-2 flex min-w-0 items-center justify-between gap-3 sm:contents">
        <p className="tabular whitespace-nowrap text-muted text-sm sm:me-3">
          {t("joined", { date: format.dateTime(new Date(member.joinedAt), { dateStyle: "medium" }) })}
        </p>
        {!isSelf && mayGive(member.role) ? (
          <RoleChoice member={member} />
        ) : (
          <p className="sm:px-2.5">{roles(member.role)}</p>
        )}
      </div>
      <div className="col-start-3 row-start-1 size-8 sm:col-start-5 pointer-coarse:size-10">
        <PersonMenu member={member} isSelf={isSelf} />
      </div>
    </li>
  );
}

type Change = { role: Role; former: Role };

function RoleChoice({ member }: { member: MemberView }) {
  const t = useTranslations("people");
  const roles = useTranslations("role");
  const removal = useTranslations("removal");
  const queryClient = useQueryClient();
  const { options } = useRoles();
  const change = useAct(({ role }: Change) => api.members.setRole.mutate({ userId: member.userId, role }), {
    done: (_, { role, former }) =>
      notify({
        title: t("roleSet", { name: member.name, role: roles(role) }),
        action: {
          label: removal("undo"),
          onSelect: () => change.mutate({ role: former, former: role }),
        },
      }),
    settled: () => queryClient.invalidateQueries({ queryKey: ["member"] }),
  });
  return (
    <Select
      label={t("roleOf", { name: member.name })}
      className="w-36 sm:w-40"
      value={change.isPending ? change.variables.role : member.role}
      onChange={(role) => change.mutate({ role, former: member.role })}
      options={options}
    />
  );
}
