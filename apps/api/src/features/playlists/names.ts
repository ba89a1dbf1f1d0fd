import { appError } from "@vitrine/core/model/errors";
import type { OrganizationTransaction } from "@vitrine/db/database";
import { isUniqueViolation } from "@vitrine/db/errors";
import { playlists } from "@vitrine/db/schema";
import { isAnyOf } from "@vitrine/db/values";
import { and, eq } from "drizzle-orm";

const MAX_NAME = 200;
const CANDIDATES = 200;

/** The first of `name`, `name (2)`, `name (3)` … that no present playlist has; NAME_TAKEN after 200. */
export async function findFreeName(tx: OrganizationTransaction, name: string): Promise<string> {
  const candidates = Array.from({ length: CANDIDATES }, (_, index) => numbered(name, index + 1));
  const rows = await tx
    .select({ name: playlists.name })
    .from(playlists)
    .where(
      and(
        eq(playlists.organizationId, tx.scope.organizationId),
        eq(playlists.isActive, true),
        isAnyOf(playlists.name, "text", candidates),
      ),
    );
  const taken = new Set(rows.map((row) => row.name));
  const free = candidates.find((one) => !taken.has(one));
  if (free === undefined) throw appError("NAME_TAKEN", { name });
  return free;
}

/** Runs a write that gives a playlist this name; NAME_TAKEN when a present playlist has it. */
export async function claimName<Result>(name: string, write: () => PromiseLike<Result>): Promise<Result> {
  try {
    return await write();
  } catch (error) {
    if (isUniqueViolation(error, "playlists_name")) throw appError("NAME_TAKEN", { name });
    throw error;
  }
}

function numbered(name: string, number: number): string {
  if (number === 1) return name;
  const ending = ` (${number})`;
  return `${name.slice(0, MAX_NAME - ending.length)}${ending}`;
}
