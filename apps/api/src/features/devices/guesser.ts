import type { Guesser } from "../../device/pairing/pairing-guard.ts";
import type { CommandContext } from "../../trpc/command.ts";

/** Whom wrong codes count against: the account, whatever organization it acts in, and the address. */
export function guesserOf({ actor, scope, remoteAddress }: CommandContext): Guesser {
  return { accountKey: `${actor.kind} ${actor.id ?? scope.organizationId}`, remoteAddress };
}
