import type { OrganizationTransaction } from "@vitrine/db/database";
import { devices } from "@vitrine/db/schema";
import { isAnyOf } from "@vitrine/db/values";
import { and, eq } from "drizzle-orm";

const MAX_NAME = 200;
const CANDIDATES = 500;

/**
 * The first of `name`, `name (2)`, `name (3)` … that no present screen has; past 500 the last one, since two screens
 * of one name are a nuisance and no fault. Exact while the caller holds the organization's row.
 */
export async function findFreeDeviceName(tx: OrganizationTransaction, name: string): Promise<string> {
  const candidates = Array.from({ length: CANDIDATES }, (_, index) => numbered(name, index + 1));
  const rows = await tx
    .select({ name: devices.name })
    .from(devices)
    .where(
      and(
        eq(devices.organizationId, tx.scope.organizationId),
        eq(devices.isActive, true),
        isAnyOf(devices.name, "text", candidates),
      ),
    );
  const taken = new Set(rows.map((row) => row.name));
  return candidates.find((one) => !taken.has(one)) ?? numbered(name, CANDIDATES);
}

function numbered(name: string, number: number): string {
  if (number === 1) return name;
  const ending = ` (${number})`;
  return `${name.slice(0, MAX_NAME - ending.length)}${ending}`;
}
