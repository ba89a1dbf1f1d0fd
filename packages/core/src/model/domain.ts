import * as z from "zod";
import { instant } from "./ids.ts";

/** A name of a host as DNS has it: lower-case ASCII labels with dots between, at least two, no address. */
export const hostName = z
  .string()
  .trim()
  .toLowerCase()
  .max(253, "At most 253 characters")
  .regex(
    /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+(?!\d+$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
    "Enter a domain such as signage.example.com",
  );

/** An organization has at most this many domains. */
export const MAX_DOMAINS = 10;
/** A trusted domain whose record is gone stays trusted for this long. */
export const DOMAIN_GRACE_HOURS = 72;

/**
 * `waiting`: its record was not found yet. `verified`: it leads to the organization. `missing`: it still does, until the
 * grace is over, though its record is gone. `lost`: it did, and does no more.
 */
export const DOMAIN_STATES = ["waiting", "verified", "missing", "lost"] as const;
export const domainState = z.enum(DOMAIN_STATES);
export type DomainState = z.infer<typeof domainState>;

export const domainView = z.strictObject({
  domain: z.string(),
  state: domainState,
  /** The TXT record that proves it. */
  record: z.strictObject({ name: z.string(), value: z.string() }),
  createdAt: instant,
  verifiedAt: instant.nullable(),
  checkedAt: instant.nullable(),
  /** Until when one whose record is gone is trusted. */
  trustedUntil: instant.nullable(),
});
export type DomainView = z.infer<typeof domainView>;

/** `subdomain`: the organization's address under ours, null where the server has no base domain. */
export const domainList = z.strictObject({
  subdomain: z.string().nullable(),
  rows: z.array(domainView).max(MAX_DOMAINS),
});
export type DomainList = z.infer<typeof domainList>;
export const domainInput = z.strictObject({ domain: hostName });
