import { appError } from "@vitrine/core/model/errors";
import type { Permission } from "@vitrine/core/model/permissions";
import { requireOrganization, scopeOf } from "../auth/principal.ts";
import { requirePermission } from "../auth/require-permission.ts";
import { requireSteppedUp } from "../auth/stepped-up.ts";
import { countCall } from "./call-limits.ts";
import { baseProcedure } from "./init.ts";

/**
 * The ways to build a procedure of the dashboard's router. There is no other: a procedure names the permission it
 * needs, or that it needs none and why; and whether it is dangerous, so that password and second factor must have been
 * given lately. `stepped-up.test.ts` lists those that are.
 */

/** For those who are not signed in; `reason` says why that is right. */
export function openProcedure(reason: string) {
  return baseProcedure.meta({ access: { kind: "open", reason } }).use(({ ctx, type, next }) => {
    countCall(ctx, type, null);
    return next();
  });
}

/** For a signed-in person, about their own account; no organization and no permission is involved. */
export const accountProcedure = baseProcedure
  .meta({ access: { kind: "account" } })
  .use(async ({ ctx, type, next }) => {
    const principal = await ctx.findPrincipal();
    countCall(ctx, type, principal);
    if (principal?.actor.kind !== "user") throw appError("NOT_SIGNED_IN");
    return next({ ctx: { ...ctx, user: principal.actor, organization: principal.organization } });
  });

/** The same for what is dangerous. Errors: STEP_UP_REQUIRED. */
export const steppedUpAccountProcedure = accountProcedure
  .meta({ access: { kind: "account" }, stepUp: "always" })
  .use(async ({ ctx, next }) => {
    requireSteppedUp(ctx.user, ctx.services.clock);
    return next();
  });

/**
 * The same for what is dangerous and asks for the present password itself: who has a second factor must have given that
 * lately too. Errors: STEP_UP_REQUIRED.
 */
export const factorAccountProcedure = accountProcedure
  .meta({ access: { kind: "account" }, stepUp: "sometimes" })
  .use(async ({ ctx, next }) => {
    if (ctx.user.hasSecondFactor) requireSteppedUp(ctx.user, ctx.services.clock);
    return next();
  });

/** For somebody who holds `permission` in the organization they act in. Errors: those of `requireOrganization`, LIMITED_TO_BUSINESSES. */
export function organizationProcedure(permission: Permission) {
  return baseProcedure
    .meta({ access: { kind: "permission", permission } })
    .use(async ({ ctx, type, next }) => {
      const principal = await ctx.findPrincipal();
      countCall(ctx, type, principal);
      if (!principal) throw appError("NOT_SIGNED_IN");
      const { actor } = principal;
      const organization = requireOrganization(principal);
      requirePermission(organization, permission);
      return next({ ctx: { ...ctx, actor, organization, scope: scopeOf(organization) } });
    });
}

/** The same for what concerns the organization as a whole, though limited members hold the permission. Errors: LIMITED_TO_BUSINESSES. */
export function wholeOrganizationProcedure(permission: Permission) {
  return organizationProcedure(permission)
    .meta({ access: { kind: "permission", permission }, isOfWhole: true })
    .use(async ({ ctx, next }) => {
      if (ctx.scope.businessIds !== null) throw appError("LIMITED_TO_BUSINESSES", { permission });
      return next();
    });
}

/** The same for what is dangerous: of people alone. Errors: STEP_UP_REQUIRED, PEOPLE_ONLY. */
export function steppedUpProcedure(permission: Permission) {
  return organizationProcedure(permission)
    .meta({ access: { kind: "permission", permission }, stepUp: "always" })
    .use(async ({ ctx, next }) => {
      requireSteppedUp(ctx.actor, ctx.services.clock);
      return next();
    });
}

/** What commands of procedures that are dangerous with some inputs call for those. Errors: STEP_UP_REQUIRED, PEOPLE_ONLY. */
export type MaybeDangerous = { requireSteppedUp(): void };

/** The same for what is dangerous with some inputs: its command calls `requireSteppedUp` of its context for those. */
export function sometimesSteppedUpProcedure(permission: Permission) {
  return organizationProcedure(permission)
    .meta({ access: { kind: "permission", permission }, stepUp: "sometimes" })
    .use(async ({ ctx, next }) =>
      next({ ctx: { ...ctx, requireSteppedUp: () => requireSteppedUp(ctx.actor, ctx.services.clock) } }),
    );
}
