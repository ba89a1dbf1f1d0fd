import { appError } from "@vitrine/core/model/errors";
import { limitsOf, PLAN_THINGS, PLANS, type PlanView } from "@vitrine/core/model/plan";
import type { Database } from "@vitrine/db/database";
import { organizations } from "@vitrine/db/schema";
import type { OrganizationScope } from "@vitrine/db/scope";
import { eq } from "drizzle-orm";
import { useOf } from "./room.ts";

/** The plan of the organization, and how much of it is used. */
export async function getPlan(database: Database, scope: OrganizationScope): Promise<PlanView> {
  const { organizationId } = scope;
  const [rows] = await database.batch(scope, (q) => [
    q
      .select({
        plan: organizations.plan,
        ownLimits: organizations.ownLimits,
        screens: useOf("screens"),
        people: useOf("people"),
        assets: useOf("assets"),
        storage: useOf("storage"),
      })
      .from(organizations)
      .where(eq(organizations.organizationId, organizationId)),
  ]);
  const [row] = rows;
  if (!row) throw appError("NOT_FOUND");
  const limits = limitsOf(row.plan, row.ownLimits);
  return {
    plan: row.plan,
    features: [...PLANS[row.plan].features],
    uses: PLAN_THINGS.map((thing) => ({ thing, use: row[thing], limit: limits[thing] })),
  };
}
