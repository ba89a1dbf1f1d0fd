import { planThing } from "@vitrine/core/model/plan";
import * as z from "zod";

/** What members are told of, as the jobs that tell it are put in. */
export const notification = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("invitationAccepted"), memberId: z.uuid() }),
  /** `removedBy`: the name of who did it; null: they left by themselves. */
  z.object({ kind: z.literal("memberLeft"), memberId: z.uuid(), removedBy: z.string().nullable() }),
  z.object({ kind: z.literal("planNearLimit"), thing: planThing, use: z.number(), limit: z.number() }),
  /** `until`: when a domain without its record is trusted no more; null: now. */
  z.object({
    kind: z.literal("domainRecord"),
    domain: z.string(),
    until: z.iso.datetime({ precision: 3 }).nullable(),
  }),
]);
export type Notification = z.infer<typeof notification>;
