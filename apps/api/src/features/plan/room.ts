import { MAX_BUSINESSES } from "@vitrine/core/model/business";
import { MAX_DAYPARTS } from "@vitrine/core/model/daypart";
import { MAX_ENTRIES } from "@vitrine/core/model/entry";
import { appError } from "@vitrine/core/model/errors";
import { MAX_GROUPS } from "@vitrine/core/model/group";
import { MAX_LAYOUTS } from "@vitrine/core/model/layout";
import {
  limitsOf,
  PLANS,
  type PlanFeature,
  type PlanThing,
  planThatFits,
  planThatHas,
} from "@vitrine/core/model/plan";
import { nextNotice, type PlanNotices, type Use } from "@vitrine/core/model/plan-notices";
import type { OrganizationTransaction } from "@vitrine/db/database";
import { organizations } from "@vitrine/db/schema";
import { eq, sql } from "drizzle-orm";
import { notifyRunning } from "../notifications/notify.ts";

/**
 * Throws unless the organization's plan has room for `more` of a thing (of storage: bytes) beside what there is. From
 * then on until the end of the transaction nobody else of the organization takes room, so that of fifty at once no more
 * get through than fit; call it after having taken rows and names of the things themselves, as all do: who did it the
 * other way round would wait for whoever did not. Costs one look where the plan has no such limit. Errors: PLAN_LIMIT.
 */
export async function requireRoomInPlan(
  tx: OrganizationTransaction,
  thing: PlanThing,
  more: number,
): Promise<void> {
  await lookForRoom(tx, thing, more, 0);
}

/**
 * The same where the transaction has just added or brought back the `more`. Those who run the organization are told when
 * so much is used that it comes near to its limit, and when nothing more fits.
 */
export async function takeRoomInPlan(
  tx: OrganizationTransaction,
  thing: PlanThing,
  more: number,
): Promise<void> {
  const found = await lookForRoom(tx, thing, more, more);
  if (found) await noteUse(tx, thing, found);
}

/** What there is beside the `added` of the transaction itself, and its limit; undefined: none. */
async function lookForRoom(
  tx: OrganizationTransaction,
  thing: PlanThing,
  more: number,
  added: number,
): Promise<(Use & { notices: PlanNotices }) | undefined> {
  const unlocked = await findPlan(tx);
  if (limitsOf(unlocked.plan, unlocked.ownLimits)[thing] === null) return undefined;
  const { plan, ownLimits, notices } = await findPlan(tx, "locked");
  const limit = limitsOf(plan, ownLimits)[thing];
  if (limit === null) return undefined;
  const use = (await countUse(tx, thing)) - added;
  if (use + more <= limit) return { use, more, limit, notices };
  throw appError("PLAN_LIMIT", { what: thing, limit, use, plan, lifts: planThatFits(thing, use + more) });
}

async function noteUse(
  tx: OrganizationTransaction,
  thing: PlanThing,
  { notices, ...used }: Use & { notices: PlanNotices },
): Promise<void> {
  const told = notices[thing] ?? 0;
  const { level, isNews } = nextNotice(told, used);
  if (level !== told)
    await tx
      .update(organizations)
      .set({ planNotices: { ...notices, [thing]: level } })
      .where(eq(organizations.organizationId, tx.scope.organizationId));
  const { use, more, limit } = used;
  if (isNews) await notifyRunning(tx, { kind: "planNearLimit", thing, use: use + more, limit });
}

/** Throws unless the organization's plan has a feature. Errors: PLAN_FEATURE. */
export async function requireFeature(tx: OrganizationTransaction, feature: PlanFeature): Promise<void> {
  const { plan } = await findPlan(tx);
  if (PLANS[plan].features.includes(feature)) return;
  throw appError("PLAN_FEATURE", { feature, plan, lifts: planThatHas(feature) });
}

/** What an organization has at most so many of, whatever its plan. */
const CAPS = {
  layouts: MAX_LAYOUTS,
  groups: MAX_GROUPS,
  dayparts: MAX_DAYPARTS,
  entries: MAX_ENTRIES,
  businesses: MAX_BUSINESSES,
};
type CappedThing = keyof typeof CAPS;

/**
 * Throws unless what there is fits with the `more` present things, or entries that are not over, that the transaction
 * has just added or brought back. From then on until its end nobody else of the organization gets past this, so that of
 * several at once no more get through than fit. Errors: TOO_MANY.
 */
export async function requireRoomFor(
  tx: OrganizationTransaction,
  thing: CappedThing,
  more: number,
): Promise<void> {
  await findPlan(tx, "locked");
  const [use, limit] = [await countUse(tx, thing), CAPS[thing]];
  if (use > limit) throw appError("TOO_MANY", { what: thing, limit, use: use - more });
}

/** How much the organization uses of a thing, whoever asks: what was removed is not counted, and gives its room back. */
export function useOf(thing: PlanThing | CappedThing) {
  return sql<number>`app.count_use(${thing})`;
}

async function countUse(tx: OrganizationTransaction, thing: PlanThing | CappedThing): Promise<number> {
  const [row] = await tx.execute<{ use: number }>(sql`select ${useOf(thing)} as use`);
  return row?.use ?? 0;
}

async function findPlan(tx: OrganizationTransaction, how?: "locked") {
  const query = tx
    .select({
      plan: organizations.plan,
      ownLimits: organizations.ownLimits,
      notices: organizations.planNotices,
    })
    .from(organizations)
    .where(eq(organizations.organizationId, tx.scope.organizationId));
  const [found] = await (how === "locked" ? query.for("no key update") : query);
  if (!found) throw appError("NOT_FOUND");
  return found;
}
