import { useQueryClient } from "@tanstack/react-query";
import type { NotificationChoices, NotificationKind } from "@vitrine/core/model/notifications";
import { api } from "../../lib/api-client.ts";
import { useAct } from "../../lib/use-act.ts";
import { notificationsQuery, organizationQuery } from "./settings-queries.ts";

/** Whose choice it is. */
export type Whose = keyof NotificationChoices;
type Change = { muted: NotificationKind[]; former: NotificationChoices };

/** Switches one kind of message off or on again; shown at once, and taken back where it fails. */
export function useMuting(choices: NotificationChoices) {
  const queryClient = useQueryClient();
  const show = (next: NotificationChoices) => queryClient.setQueryData(notificationsQuery.queryKey, next);
  const takeBack = (_failure: unknown, { former }: Change) => {
    show(former);
    return false;
  };
  const ofAll = useAct(({ muted }: Change) => api.organization.update.mutate({ mutedNotifications: muted }), {
    done: (organization) => queryClient.setQueryData(organizationQuery.queryKey, organization),
    failure: takeBack,
  });
  const own = useAct(({ muted }: Change) => api.members.muteNotifications.mutate({ muted }), {
    failure: takeBack,
  });
  return (whose: Whose, kind: NotificationKind, isMuted: boolean) => {
    const others = choices[whose].filter((one) => one !== kind);
    const muted = isMuted ? [...others, kind] : others;
    show({ ...choices, [whose]: muted });
    (whose === "organization" ? ofAll : own).mutate({ muted, former: choices });
  };
}
