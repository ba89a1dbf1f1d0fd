import { appError } from "@vitrine/core/model/errors";
import type { Permission } from "@vitrine/core/model/permissions";
import { organizationScope } from "@vitrine/db/scope";
import { baseProcedure } from "./init.ts";

/**
 * The three ways to build a procedure of the dashboard's router. There is no other: a procedure names the
 * permission it needs, or that it needs none and why.
 */

/** For those who are not signed in; `reason` says why that is right. */
export function openProcedure(reason: string) {
  return baseProcedure.meta({ access: { kind: "open", reason } });
}

/** For a signed-in person, about their own account; no organization and no permission is involved. */
export const accountProcedure = baseProcedure
  .meta({ access: { kind: "account" } })
  .use(async ({ ctx, next }) => {
    const principal = await ctx.findPrincipal();
    if (principal?.actor.kind !== "user") throw appError("NOT_SIGNED_IN");
    return next({ ctx: { ...ctx, user: principal.actor, organization: principal.organization } });
  });

/** For somebody who holds `permission` in the organization they act in. */
export function organizationProcedure(permission: Permission) {
  return baseProcedure.meta({ access: { kind: "permission", permission } }).use(async ({ ctx, next }) => {
    const principal = await ctx.findPrincipal();
    if (!principal) throw appError("NOT_SIGNED_IN");
    const { actor, organization } = principal;
    if (!organization) throw appError("NO_ORGANIZATION");
    if (!organization.permissions.has(permission)) throw appError("PERMISSION_MISSING", { permission });
    return next({ ctx: { ...ctx, actor, organization, scope: organizationScope(organization.id) } });
  });
}
