import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { MemberView } from "@vitrine/core/model/member";
import { isGranted, type Permission, ROLE_GRANTS } from "@vitrine/core/model/permissions";
import { Avatar } from "@vitrine/ui/avatar";
import { EmptyState } from "@vitrine/ui/empty-state";
import { SidePanel } from "@vitrine/ui/side-panel";
import { UserRoundX } from "lucide-react";
import { useFormatter, useTranslations } from "use-intl";
import { PagedList } from "../../lib/paged-list.tsx";
import { whoMayQuery } from "./people-queries.ts";
import { useGrantWords } from "./use-grant-words.ts";

/** The people who may do one thing, and why they may. */
export function WhoMay({ permission, onClose }: { permission: Permission; onClose: () => void }) {
  const t = useTranslations("rights");
  const words = useGrantWords();
  const query = useInfiniteQuery(whoMayQuery(permission));
  const title = t("who", { permission: words(permission) });
  return (
    <SidePanel title={title} closeLabel={t("close")} onClose={onClose}>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4 p-5">
        <PagedList
          query={query}
          label={title}
          empty={
            <EmptyState icon={<UserRoundX aria-hidden />} title={t("nobodyTitle")}>
              {t("nobody")}
            </EmptyState>
          }
        >
          {(member) => <Person key={member.userId} member={member} permission={permission} />}
        </PagedList>
      </div>
    </SidePanel>
  );
}

function Person({ member, permission }: { member: MemberView; permission: Permission }) {
  const t = useTranslations("rights");
  const roles = useTranslations("role");
  const format = useFormatter();
  const extra = member.extra.find(({ grant }) => isGranted([grant], permission));
  const until = extra?.expiresAt ?? null;
  const why = isGranted(ROLE_GRANTS[member.role], permission)
    ? t("byRole")
    : until === null
      ? t("without")
      : t("until", { when: format.dateTime(new Date(until), { dateStyle: "medium", timeStyle: "short" }) });
  return (
    <li className="flex items-center gap-3 px-3 py-2 not-first:border-t">
      <Avatar name={member.name} className="size-8" />
      <div className="min-w-0">
        <Link
          to="/settings/people"
          search={{ q: member.email }}
          className="block truncate rounded-sm font-medium hover:underline"
        >
          {member.name}
        </Link>
        <p className="text-muted text-sm">{`${roles(member.role)} · ${why}`}</p>
      </div>
    </li>
  );
}
