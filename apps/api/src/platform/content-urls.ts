import { id, sha256 as sha256Schema } from "@vitrine/core/model/ids";
import { type OrganizationScope, organizationScope } from "@vitrine/db/scope";
import * as z from "zod";
import type { Clock } from "./clock.ts";
import type { Mac } from "./mac.ts";
import { findExtension, findMediaType, type MediaType } from "./media-types.ts";

/** What an address on the content origin gives access to. */
export type ContentGrant = { scope: OrganizationScope; sha256: string; mediaType: MediaType };

/** Addresses that are their own permission: whoever has one may read that file until it expires. */
export type ContentUrls = {
  /** The address of a file; the same one for hours, so that browsers cache it. Valid for 6 to 12 hours. */
  make(origin: string, scope: OrganizationScope, file: { sha256: string; mediaType: string }): string;
  /** What the path's and query's words grant; `unknown` for what we did not make, `expired` when it is over. */
  check(words: unknown): { kind: "granted"; grant: ContentGrant } | { kind: "unknown" } | { kind: "expired" };
};

const WINDOW_SECONDS = 6 * 3600;

const wordsSchema = z.object({
  organization: id,
  sha256: sha256Schema,
  e: z.string().regex(/^[1-9]\d{0,10}$/),
  t: z.string().max(10),
  s: z.string().max(100),
});

/** Makes and checks addresses of the form `/c/<organization>/<sha256>?e=<expiry>&t=<type>&s=<MAC over all>`. */
export function makeContentUrls({ mac, clock }: { mac: Mac; clock: Clock }): ContentUrls {
  return {
    make(origin, scope, { sha256, mediaType }) {
      const type = findExtension(mediaType);
      if (type === undefined) throw new TypeError(`${mediaType} is not a type that we serve`);
      const expiry = String((Math.floor(clock.nowMs() / 1000 / WINDOW_SECONDS) + 2) * WINDOW_SECONDS);
      const { organizationId } = scope;
      const signature = mac.sign(PURPOSE, signedText(organizationId, sha256, expiry, type));
      return `${origin}/c/${organizationId}/${sha256}?e=${expiry}&t=${type}&s=${signature}`;
    },
    check(words) {
      const parsed = wordsSchema.safeParse(words);
      if (!parsed.success) return { kind: "unknown" };
      const { organization, sha256, e, t, s } = parsed.data;
      const mediaType = findMediaType(t);
      const isOurs = mac.verify(PURPOSE, signedText(organization, sha256, e, t), s);
      if (!isOurs || mediaType === undefined) return { kind: "unknown" };
      if (Number(e) * 1000 <= clock.nowMs()) return { kind: "expired" };
      return { kind: "granted", grant: { scope: organizationScope(organization), sha256, mediaType } };
    },
  };
}

const PURPOSE = "content-url";

function signedText(organizationId: string, sha256: string, expiry: string, type: string): string {
  return [organizationId, sha256, expiry, type].join("/");
}
