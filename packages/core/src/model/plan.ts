import * as z from "zod";

/** What an organization may have so many of. */
export const PLAN_THINGS = ["screens", "people", "assets", "storage"] as const;
export const planThing = z.enum(PLAN_THINGS);
export type PlanThing = z.infer<typeof planThing>;

/** What a plan may leave out. */
export const PLAN_FEATURES = ["layouts", "branding", "apiKeys"] as const;
export const planFeature = z.enum(PLAN_FEATURES);
export type PlanFeature = z.infer<typeof planFeature>;

export const PLAN_NAMES = ["unlimited", "basic", "professional", "enterprise", "legacy"] as const;
export const planName = z.enum(PLAN_NAMES);
export type PlanName = z.infer<typeof planName>;

/** Numbers, and bytes of storage; null: as many as there is room for. */
export type PlanLimits = Record<PlanThing, number | null>;
export type Plan = { limits: PlanLimits; features: readonly PlanFeature[] };

const GIB = 1024 ** 3;

/** `unlimited` is what whoever runs the server has for themselves; `legacy` is no longer given. */
export const PLANS: Record<PlanName, Plan> = {
  unlimited: {
    limits: { screens: null, people: null, assets: null, storage: null },
    features: PLAN_FEATURES,
  },
  basic: { limits: { screens: 5, people: 5, assets: 250, storage: 10 * GIB }, features: [] },
  professional: {
    limits: { screens: 100, people: 50, assets: 5000, storage: 250 * GIB },
    features: PLAN_FEATURES,
  },
  enterprise: {
    limits: { screens: 10_000, people: 1000, assets: 100_000, storage: 5120 * GIB },
    features: PLAN_FEATURES,
  },
  legacy: {
    limits: { screens: 50, people: 20, assets: 2000, storage: 100 * GIB },
    features: ["layouts", "branding"],
  },
};

/** Plans that lead from less to more. */
const LADDER = ["basic", "professional", "enterprise", "unlimited"] as const satisfies readonly PlanName[];

/** The smallest plan under which so many of a thing fit. */
export function planThatFits(thing: PlanThing, use: number): PlanName {
  return LADDER.find((name) => (PLANS[name].limits[thing] ?? Number.POSITIVE_INFINITY) >= use) ?? "unlimited";
}

/** The smallest plan that has a feature. */
export function planThatHas(feature: PlanFeature): PlanName {
  return LADDER.find((name) => PLANS[name].features.includes(feature)) ?? "unlimited";
}

/** What was agreed for one organization beside its plan. */
export const ownLimits = z.partialRecord(planThing, z.int().min(0).nullable());
export type OwnLimits = z.infer<typeof ownLimits>;

/** The limits of a plan, with what was agreed for the organization in their place. */
export function limitsOf(plan: PlanName, own: OwnLimits): PlanLimits {
  return { ...PLANS[plan].limits, ...own };
}

export const planView = z.strictObject({
  plan: planName,
  features: z.array(planFeature),
  uses: z.array(
    z.strictObject({
      thing: planThing,
      use: z.int().min(0),
      /** Null: no limit. */
      limit: z.int().min(0).nullable(),
    }),
  ),
});
export type PlanView = z.infer<typeof planView>;
