import * as z from "zod";
import type { ChainedEvent } from "./verify-chain.ts";

const nullable = z.string().nullable();

/** A chained event as it comes from elsewhere, with no other members. A damaged one is still read: verifying it tells. */
export const chainedEvent = z.strictObject({
  sequence: z.number(),
  hash: z.string(),
  id: z.string(),
  at: z.string(),
  organizationId: z.string(),
  actorKind: z.string(),
  actorId: nullable,
  actorName: z.string(),
  action: z.string(),
  subject: z.string(),
  subjectId: nullable,
  before: nullable,
  after: nullable,
  requestId: nullable,
  remoteAddress: nullable,
}) satisfies z.ZodType<ChainedEvent>;
