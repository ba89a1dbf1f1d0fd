import { useQuery } from "@tanstack/react-query";
import type { MemberView } from "@vitrine/core/model/member";
import { IconButton } from "@vitrine/ui/icon-button";
import { Menu, MenuItem, MenuSeparator } from "@vitrine/ui/menu";
import { Crown, Ellipsis, KeyRound, LogOut, Store, UserRoundMinus } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { useSession } from "../../lib/session.ts";
import { useRemoval } from "../../lib/use-removal.tsx";
import { businessNamesQuery } from "../businesses/business-queries.ts";
import { ExtraDialog } from "./extra-dialog.tsx";
import { HandOverDialog } from "./hand-over-dialog.tsx";
import { LeaveDialog } from "./leave-dialog.tsx";
import { LimitDialog } from "./limit-dialog.tsx";
import { useRoles } from "./use-roles.ts";

/** What can be done about a person's place here: one's own is left, another's is handed on or taken away. */
export function PersonMenu({ member, isSelf }: { member: MemberView; isSelf: boolean }) {
  const t = useTranslations("people");
  const extra = useTranslations("extra");
  const limits = useTranslations("limits");
  const leaving = useTranslations("leaving");
  const { mayGive } = useRoles();
  const { organization } = useSession();
  const [asked, setAsked] = useState<"extra" | "limit" | "handOver" | "leave" | null>(null);
  const removal = useRemoval({
    remove: ({ ids }) => Promise.all(ids.map((userId) => api.members.remove.mutate({ userId }))),
    restore: ({ ids }) => Promise.all(ids.map((userId) => api.members.restore.mutate({ userId }))),
    heads: ["member"],
  });
  const { data } = useQuery(businessNamesQuery);
  const mayLimit = member.role !== "owner" && (member.businesses !== null || data?.rows.length);
  const mayHandOver = organization.role === "owner" && member.role !== "owner";
  if (!isSelf && !mayGive(member.role)) return null;
  return (
    <>
      <Menu
        trigger={
          <IconButton label={t("actions", { name: member.name })}>
            <Ellipsis aria-hidden />
          </IconButton>
        }
      >
        {isSelf ? (
          <MenuItem isDangerous icon={<LogOut aria-hidden />} onSelect={() => setAsked("leave")}>
            {leaving("leave")}
          </MenuItem>
        ) : (
          <>
            <MenuItem icon={<KeyRound aria-hidden />} onSelect={() => setAsked("extra")}>
              {extra("open")}
            </MenuItem>
            {mayLimit ? (
              <MenuItem icon={<Store aria-hidden />} onSelect={() => setAsked("limit")}>
                {limits("open")}
              </MenuItem>
            ) : null}
            {mayHandOver ? (
              <>
                <MenuItem icon={<Crown aria-hidden />} onSelect={() => setAsked("handOver")}>
                  {t("handOver")}
                </MenuItem>
                <MenuSeparator />
              </>
            ) : null}
            <MenuItem
              isDangerous
              icon={<UserRoundMinus aria-hidden />}
              onSelect={() => removal.ask([{ id: member.userId, name: member.name }])}
            >
              {t("remove")}
            </MenuItem>
          </>
        )}
      </Menu>
      {asked === "extra" ? <ExtraDialog member={member} onClose={() => setAsked(null)} /> : null}
      {asked === "limit" ? <LimitDialog member={member} onClose={() => setAsked(null)} /> : null}
      {removal.dialog}
      <HandOverDialog isOpen={asked === "handOver"} member={member} onClose={() => setAsked(null)} />
      <LeaveDialog isOpen={asked === "leave"} onClose={() => setAsked(null)} />
    </>
  );
}
