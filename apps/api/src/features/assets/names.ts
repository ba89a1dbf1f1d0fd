import { appError } from "@vitrine/core/model/errors";
import type { OrganizationTransaction } from "@vitrine/db/database";
import { isUniqueViolation } from "@vitrine/db/errors";
import { assets } from "@vitrine/db/schema";
import { isAnyOf } from "@vitrine/db/values";
import { and, eq } from "drizzle-orm";
import { numberedNames } from "../../platform/numbered-names.ts";

/** Cameras call their files alike: a thousandth `IMG_0001` still finds a name. */
const MOST = 20_000;

/** The first of `name`, `name (2)`, `name (3)` … that no present asset has; NAME_TAKEN after 20,000. */
export async function findFreeName(tx: OrganizationTransaction, name: string): Promise<string> {
  for (let first = 1; first <= MOST; ) {
    const candidates = numberedNames(name, first);
    const rows = await tx
      .select({ name: assets.name })
      .from(assets)
      .where(
        and(
          eq(assets.organizationId, tx.scope.organizationId),
          eq(assets.isActive, true),
          isAnyOf(assets.name, "text", candidates),
        ),
      );
    const taken = new Set(rows.map((row) => row.name));
    const free = candidates.find((one) => !taken.has(one));
    if (free !== undefined) return free;
    first += candidates.length;
  }
  throw appError("NAME_TAKEN", { name });
}

/** Runs a write that gives an asset this name; NAME_TAKEN when a present asset has it. */
export async function claimName<Result>(name: string, write: () => PromiseLike<Result>): Promise<Result> {
  try {
    return await write();
  } catch (error) {
    if (isUniqueViolation(error, "assets_name")) throw appError("NAME_TAKEN", { name });
    throw error;
  }
}
