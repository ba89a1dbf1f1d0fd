import type { CommandContext } from "../../trpc/command.ts";

/**
 * Whom wrong codes count against: a person, whatever organization they act in, and all programs of an organization. Never
 * an address, which strangers may share.
 */
export function guesserOf({ actor, scope }: CommandContext): string {
  return actor.kind === "user" ? `person ${actor.id}` : `programs ${scope.organizationId}`;
}
