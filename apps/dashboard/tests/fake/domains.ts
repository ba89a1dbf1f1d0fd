import type { DomainList, DomainView } from "@vitrine/core/model/domain";
import type {
  OrganizationView,
  requireSecondFactorInput,
  setSecurityInput,
} from "@vitrine/core/model/organization";
import type * as z from "zod";
import type { Answers } from "./router.ts";
import { minutesAgo } from "./things.ts";

/** The security of an organization that asks for nothing. */
export const OPEN_TO_ALL = {
  isSecondFactorRequired: false,
  allowedEmailDomains: [],
  sessionIdleMinutes: null,
  sessionHours: null,
  isSignInBranded: false,
  mutedNotifications: [],
} satisfies Partial<OrganizationView>;

/** A domain that waits for its record, unless told otherwise. */
export function domainOf(domain: string, part: Partial<DomainView> = {}): DomainView {
  return {
    domain,
    state: "waiting",
    record: {
      name: `_vitrine.${domain}`,
      value: "vitrine-verification=6e3f2a52-64f0-4c7e-a6c7-2f1f3a1a90d4",
    },
    createdAt: minutesAgo(60),
    verifiedAt: null,
    checkedAt: null,
    trustedUntil: null,
    ...part,
  };
}

/** Changes of the security that an organization asks for. */
export function securityAnswers(organization: OrganizationView): Answers {
  return {
    "organization.requireSecondFactor": ({ isRequired }: z.infer<typeof requireSecondFactorInput>) => ({
      ...organization,
      isSecondFactorRequired: isRequired,
    }),
    "organization.setSecurity": (change: z.infer<typeof setSecurityInput>) =>
      Object.assign(organization, change),
  };
}

/** Addresses of an organization: its sub-domain and these domains. */
export function domainAnswers(rows: readonly DomainView[] = []): Answers {
  const list: DomainList = { subdomain: "https://northlight.signs.example", rows: [...rows] };
  return {
    "domains.list": () => list,
    "domains.add": ({ domain }: { domain: string }) => domainOf(domain),
    "domains.verify": () => list,
    "domains.remove": () => ({}),
    "organization.atAddress": () => ({ isBound: false, branding: null }),
  };
}
