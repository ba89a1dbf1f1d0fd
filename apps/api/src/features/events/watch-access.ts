import { AppError, appError } from "@vitrine/core/model/errors";
import type { Permission } from "@vitrine/core/model/permissions";
import { type OrganizationScope, scopeWord } from "@vitrine/db/scope";
import { requireOrganization, scopeOf } from "../../auth/principal.ts";
import { requirePermission } from "../../auth/require-permission.ts";
import type { RequestContext } from "../../trpc/context.ts";

/** Whether somebody who was let in may go on. `signal` aborts when not, and then `failure` says why. */
export type AccessWatch = Disposable & { signal: AbortSignal; failure(): AppError | undefined };

/**
 * Looks again every `everyMs`, and at once when a session ends in this process, whether the caller is still signed in,
 * still acts in the organization within the same businesses, and still holds the permission.
 */
export function watchAccess(
  ctx: RequestContext & { scope: OrganizationScope },
  permission: Permission,
  everyMs: number,
): AccessWatch {
  const controller = new AbortController();
  let failure: AppError | undefined;

  const look = async () => {
    try {
      await requireAccess(ctx, permission);
    } catch (error) {
      if (error instanceof AppError) {
        failure ??= error;
        return controller.abort();
      }
      ctx.services.log.warn(
        { err: error, requestId: ctx.requestId },
        "checking a stream's access failed; trying again",
      );
    }
  };
  const timer = setInterval(look, everyMs);
  const unlisten = ctx.services.sessions.onEnded(() => void look());
  return {
    signal: controller.signal,
    failure: () => failure,
    [Symbol.dispose]() {
      clearInterval(timer);
      unlisten();
    },
  };
}

/** Throws as the procedure that let them in would now. */
async function requireAccess(
  ctx: RequestContext & { scope: OrganizationScope },
  permission: Permission,
): Promise<void> {
  const principal = await ctx.findPrincipalAnew();
  if (!principal) throw appError("NOT_SIGNED_IN");
  const organization = requireOrganization(principal);
  if (organization.id !== ctx.scope.organizationId) throw appError("NO_ORGANIZATION");
  // Who sees other businesses from now on comes back, and is told to fetch everything anew.
  if (scopeWord(scopeOf(organization)) !== scopeWord(ctx.scope))
    throw appError("BUSY", { retryAfterSeconds: 1 });
  requirePermission(organization, permission);
}
