import { beginFor } from "../database/burst.ts";
import { organizationScope } from "../database/scope.ts";
import type { Speaker } from "./attack.ts";
import type { Pair } from "./attack-world.ts";

/** What the attacking transaction says of its organization. */
export const IDENTITIES = ["own", "another's", "none", "empty", "garbage", "credentials role"] as const;
export type Identity = (typeof IDENTITIES)[number];

/** What its connection did before. */
export const STATES = ["fresh", "warm", "after a rollback", "after an error"] as const;
export type State = (typeof STATES)[number];

/** By which way of the executor it runs; a loop is a burst that holds many attacks, each undone before the next. */
export type Path = "burst" | "interactive" | "loop";

export function speakerOf(identity: Identity): Speaker {
  if (identity === "own") return "own";
  if (identity === "another's") return "another";
  return identity === "credentials role" ? "auth" : "nobody";
}

/** The message that opens the attacking transaction. */
export function beginOf(identity: Identity, { mine, another }: Pair): string {
  const begins: Record<Identity, string> = {
    own: beginFor(organizationScope(mine.id)),
    "another's": beginFor(organizationScope(another.id)),
    none: "BEGIN;SET LOCAL app.nothing=''",
    empty: "BEGIN;SET LOCAL app.organization_id=''",
    garbage: `BEGIN;SET LOCAL app.organization_id='${mine.id.slice(0, 30)}'`,
    "credentials role": beginFor(organizationScope(mine.id)),
  };
  return begins[identity];
}

/** The messages that bring a connection into a state, each by way of the target's own transaction; errors are meant. */
export function preambleOf(state: State, { target }: Pair): string[] {
  const begin = beginFor(organizationScope(target.id));
  if (state === "warm") return [`${begin};COMMIT`];
  if (state === "after a rollback") return [`${begin};ROLLBACK`];
  return state === "after an error" ? [`${begin};SELECT 1/0`, "ROLLBACK"] : [];
}
