import { appError } from "@vitrine/core/model/errors";
import type { Actor } from "../../auth/principal.ts";
import type { SystemActor } from "../../trpc/command.ts";

/** Keeps those back who have not shown yet that their address is theirs. Errors: EMAIL_UNVERIFIED. */
export function requireVerified(actor: Actor | SystemActor): void {
  if (actor.kind === "user" && actor.mustVerifyEmail)
    throw appError("EMAIL_UNVERIFIED", { email: actor.email });
}
