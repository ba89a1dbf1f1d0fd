import type { Role } from "@vitrine/core/model/permissions";
import { useTranslations } from "use-intl";
import { useCan, useSession } from "../../lib/session.ts";
import { rolesWithin } from "./roles.ts";

/** The roles that this person may give here, each in a word and a line; none where they manage nobody. */
export function useRoles(): {
  options: { value: Role; label: string; hint: string }[];
  mayGive: (role: Role) => boolean;
} {
  const roles = useTranslations("role");
  const hints = useTranslations("roleHint");
  const can = useCan();
  const { permissions } = useSession().organization;
  const given = can("members.manage") ? rolesWithin(permissions) : [];
  return {
    options: given.map((value) => ({ value, label: roles(value), hint: hints(value) })),
    mayGive: (role) => given.includes(role),
  };
}
