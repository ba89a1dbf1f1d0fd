import { appError } from "@vitrine/core/model/errors";
import type { OrganizationTransaction } from "@vitrine/db/database";
import { isUniqueViolation } from "@vitrine/db/errors";
import type { assets, dayparts, deviceGroups, devices, layouts, playlists } from "@vitrine/db/schema";
import { isAnyOf } from "@vitrine/db/values";
import { and, eq, getTableName, isNull } from "drizzle-orm";
import { numberedNames } from "../platform/numbered-names.ts";
import { takeTurn } from "./take-turn.ts";

/** What has a name that no other present thing of its kind and business has in the organization. */
type NamedTable =
  | typeof assets
  | typeof devices
  | typeof playlists
  | typeof layouts
  | typeof dayparts
  | typeof deviceGroups;

/** Cameras call their files alike: a thousandth `IMG_0001` still finds a name. */
const MOST = 20_000;

/**
 * The first of `name`, `name (2)`, `name (3)` … that no present thing of this kind and business has; NAME_TAKEN after 20,000. Who
 * looks for the same name meanwhile waits for the end of this transaction; who needs several takes them `byName`.
 */
export async function findFreeName(
  tx: OrganizationTransaction,
  table: NamedTable,
  name: string,
  businessId: string | null,
): Promise<string> {
  const { organizationId } = tx.scope;
  await takeTurn(tx, `${getTableName(table)} ${businessId ?? ""} ${name}`);
  for (let first = 1; first <= MOST; ) {
    const candidates = numberedNames(name, first);
    const rows = await tx
      .select({ name: table.name })
      .from(table)
      .where(
        and(
          eq(table.organizationId, organizationId),
          eq(table.isActive, true),
          "businessId" in table
            ? businessId === null
              ? isNull(table.businessId)
              : eq(table.businessId, businessId)
            : undefined,
          isAnyOf(table.name, "text", candidates),
        ),
      );
    const taken = new Set(rows.map((row) => row.name));
    const free = candidates.find((one) => !taken.has(one));
    if (free !== undefined) return free;
    first += candidates.length;
  }
  throw appError("NAME_TAKEN", { name });
}

/** In the order in which all take names, so that two who need the same ones wait for each other instead of deadlocking. */
export function byName<Thing extends { name: string }>(things: readonly Thing[]): Thing[] {
  return things.toSorted((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)));
}

/** Whether a write failed because a present thing of the kind and business has the name. */
export function isNameViolation(error: unknown, table: NamedTable): boolean {
  const index = `${getTableName(table)}_name`;
  return isUniqueViolation(error, index) || isUniqueViolation(error, `${index}_in_business`);
}

/** Runs a write that gives a thing this name; NAME_TAKEN when a present one of its kind has it. */
export async function claimName<Result>(
  table: NamedTable,
  name: string,
  write: () => PromiseLike<Result>,
): Promise<Result> {
  try {
    return await write();
  } catch (error) {
    if (isNameViolation(error, table)) throw appError("NAME_TAKEN", { name });
    throw error;
  }
}
