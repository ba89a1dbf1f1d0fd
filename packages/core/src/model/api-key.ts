import * as z from "zod";
import { id, instant } from "./ids.ts";
import { displayName } from "./paging.ts";
import { grant } from "./permissions.ts";

export const MAX_API_KEYS = 100;
export const MAX_NETWORKS = 20;
/** How long a key that was replaced may go on, so that programs can be told the new one. */
export const MAX_OVERLAP_HOURS = 168;

/** An address, or a range of addresses such as `203.0.113.0/24` or `2001:db8::/48`. */
export const network = z
  .string()
  .trim()
  .toLowerCase()
  .pipe(
    z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], {
      error: "Enter an address such as 203.0.113.7, or a range such as 203.0.113.0/24",
    }),
  );

const grants = z.array(grant).min(1, "Choose at least one permission").max(50);
/** Where the key may be used from; none: from anywhere. */
const networks = z
  .array(network)
  .max(MAX_NETWORKS, `At most ${MAX_NETWORKS}`)
  .transform((list) => [...new Set(list)]);

export const createApiKeyInput = z.strictObject({
  name: displayName,
  grants,
  expiresAt: instant.nullable().default(null),
  networks: networks.default([]),
});
/** What is absent stays as it is. */
export const updateApiKeyInput = z.strictObject({
  id,
  name: displayName.optional(),
  grants: grants.optional(),
  networks: networks.optional(),
});
/** `overlapHours`: how long the old secret goes on beside the new one; 0 ends it at once. */
export const rotateApiKeyInput = z.strictObject({
  id,
  overlapHours: z.int().min(0).max(MAX_OVERLAP_HOURS, "At most 7 days"),
});
export const apiKeyInput = z.strictObject({ id });

export const apiKeyView = z.strictObject({
  id,
  name: z.string(),
  prefix: z.string(),
  grants: z.array(grant),
  networks: z.array(z.string()),
  createdAt: instant,
  expiresAt: instant.nullable(),
  lastUsedAt: instant.nullable(),
  /** The address that it was last used from. */
  lastUsedFrom: z.string().nullable(),
  /** A new one has its place, and it goes on until it expires. */
  isReplaced: z.boolean(),
});
export type ApiKeyView = z.infer<typeof apiKeyView>;
/** `secret` is shown once, here, and never again: only its hash is kept. */
export const createdApiKey = z.strictObject({ key: apiKeyView, secret: z.string() });
