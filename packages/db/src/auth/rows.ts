import { accountEventKind, LINK_PURPOSES } from "@vitrine/core/model/account";
import { grant, role } from "@vitrine/core/model/permissions";
import * as z from "zod";
import { PAIRING_STATES } from "../schema/system.ts";

/** Columns of a row in the names of code: `user_id` becomes `userId`. */
function columns<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.preprocess(camelCased, z.object(shape));
}

export const user = columns({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  passwordHash: z.string(),
  locale: z.string(),
  isActive: z.boolean(),
});

const sessionColumns = {
  id: z.string(),
  tokenHash: z.string(),
  userId: z.string(),
  organizationId: z.string().nullable(),
  createdAt: z.date(),
  lastSeenAt: z.date(),
  expiresAt: z.date(),
  absoluteExpiresAt: z.date(),
  userAgent: z.string().nullable(),
  remoteAddress: z.string().nullable(),
};
export const session = columns(sessionColumns);

export const signedIn = columns({
  ...sessionColumns,
  steppedUpAt: z.date(),
  longestIdleSeconds: z.number(),
  hasSecondFactor: z.boolean(),
  email: z.string(),
  name: z.string(),
  locale: z.string(),
  isActive: z.boolean(),
  emailVerifiedAt: z.date().nullable(),
  organizations: z.array(
    z.object({
      organizationId: z.string(),
      name: z.string(),
      slug: z.string(),
      timeZone: z.string(),
      role,
      grants: z.array(grant),
      /** What the person is limited to; null: not limited. */
      businesses: z.array(z.object({ id: z.string(), name: z.string() })).nullable(),
      isSecondFactorRequired: z.boolean(),
      sessionIdleMinutes: z.number().nullable(),
      sessionHours: z.number().nullable(),
      brandColor: z.string().nullable(),
      hasLogo: z.boolean(),
    }),
  ),
});
export type SignedInRow = z.infer<typeof signedIn>;

/** Arrays of text come as PostgreSQL writes them; those of ours hold words without quotes or commas. */
const words = z.preprocess(
  (text) => (typeof text === "string" ? text.slice(1, -1).split(",").filter(Boolean).map(unquoted) : text),
  z.array(z.string()),
);

export const host = columns({ organizationId: z.string(), isDomain: z.boolean(), isActive: z.boolean() });
export const refusal = columns({ name: z.string() });

export const apiKey = columns({
  id: z.string(),
  organizationId: z.string(),
  slug: z.string(),
  name: z.string(),
  grants: words.pipe(z.array(grant)),
  networks: words,
});

export const pairing = columns({
  id: z.string(),
  state: z.enum(PAIRING_STATES),
  publicKey: z.string(),
  expiresAt: z.date(),
  organizationId: z.string().nullable(),
  deviceId: z.string().nullable(),
  organizationName: z.string().nullable(),
  vetoUntil: z.date().nullable(),
});

export const device = columns({
  organizationId: z.string(),
  deviceId: z.string(),
  publicKeys: words,
  isActive: z.boolean(),
  revokedAt: z.date().nullable(),
});

export const removedOrganization = columns({
  organizationId: z.string(),
  name: z.string(),
  removedAt: z.date(),
});

export const invitation = columns({
  organizationId: z.string(),
  id: z.string(),
  organizationName: z.string(),
  email: z.string(),
  role,
  issue: z.number(),
  invitedByName: z.string().nullable(),
  expiresAt: z.date(),
  hasAccount: z.boolean(),
});

export const secondFactor = columns({ confirmedAt: z.date().nullable(), recoveryCodesLeft: z.number() });
export const factorTry = columns({ seed: z.instanceof(Buffer).nullable(), waitSeconds: z.number() });

export const dataKey = columns({
  number: z.number(),
  wrapped: z.instanceof(Buffer),
  wrappedBy: z.string(),
});

export const link = columns({
  id: z.string(),
  userId: z.string(),
  purpose: z.enum(LINK_PURPOSES),
  email: z.string(),
  expiresAt: z.date(),
  ownEmail: z.string(),
  name: z.string(),
});

export const accountEvent = columns({
  id: z.string(),
  at: z.date(),
  kind: accountEventKind,
  remoteAddress: z.string(),
  userAgent: z.string(),
  detail: z.record(z.string(), z.string()),
  total: z.number(),
});

export const acquaintance = z.enum(["known", "new", "first"]);
export const maybeDate = z.date().nullable();
export const boolean = z.boolean();
export const count = z.number();

/** The first row, read by its schema; undefined when there is none. */
export function first<Row>(schema: z.ZodType<Row>, found: readonly unknown[]): Row | undefined {
  return found.length === 0 ? undefined : schema.parse(found[0]);
}

/** Every row, read by its schema. */
export function all<Row>(schema: z.ZodType<Row>, found: readonly unknown[]): Row[] {
  return found.map((row) => schema.parse(row));
}

/** The column `answer` of the one row. */
export function answer<Value>(schema: z.ZodType<Value>, found: readonly unknown[]): Value {
  return z.object({ answer: schema }).parse(found[0]).answer;
}

function camelCased(row: unknown): unknown {
  if (typeof row !== "object" || row === null) return row;
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase()),
      value,
    ]),
  );
}

function unquoted(word: string): string {
  return word.replace(/^"(.*)"$/, "$1");
}
