import type { Permission } from "@vitrine/core/model/permissions";
import { useCan, useSession } from "../../lib/session.ts";

/** Tells what this person may do to dayparts: they are the whole organization's, so who is limited to businesses only sees them. */
export function useMayDayparts(): (permission: Permission) => boolean {
  const can = useCan();
  const { businesses } = useSession().organization;
  return (permission) => businesses === null && can(permission);
}
