import { isIP } from "node:net";
import { hostName } from "@vitrine/core/model/domain";
import { slug } from "@vitrine/core/model/organization";
import type { AuthDatabase } from "@vitrine/db/auth";
import type { Clock } from "../platform/clock.ts";
import type { Config } from "../platform/config.ts";
import { RecentMap } from "../platform/recent-map.ts";
import { labelBelow, nameOfHost } from "./names.ts";

/**
 * What a host is to us. `own`: the configured address, this machine, or the base domain itself. `organization`: a domain
 * of its own, or its sub-domain; the id is null where no organization is to be had there. `unknown`: anything else, which
 * a server that nothing was configured for may well be reached by; it says nothing of an organization, and no message
 * leads there.
 */
export type HostMeaning =
  | { kind: "own" }
  | { kind: "organization"; by: "domain" | "subdomain"; organizationId: string | null }
  | { kind: "unknown" };

/** Finds out what hosts mean. */
export type Hosts = {
  /** `host`: of a request, with or without a port. Looked up at most every 5 s. */
  find(host: string): Promise<HostMeaning>;
  /** Forgets what is remembered: a domain or a slug has changed. */
  forget(): void;
};

const REMEMBER_MS = 5_000;
const REMEMBER_LEAST = 10_000;
const MACHINE = /^(localhost|.+\.localhost)$/;

export type HostsDeps = {
  config: Pick<Config, "publicOrigin" | "contentOrigin" | "baseDomain">;
  authDatabase: Pick<AuthDatabase, "findHost">;
  clock: Clock;
};

export function makeHosts({ config, authDatabase, clock }: HostsDeps): Hosts {
  const { baseDomain } = config;
  const own = new Set(
    [config.publicOrigin, config.contentOrigin].flatMap((origin) =>
      origin === undefined ? [] : [new URL(origin).hostname],
    ),
  );
  const remembered = new RecentMap<{ meaning: Promise<HostMeaning>; untilMs: number }>(REMEMBER_LEAST);

  const look = async (name: string): Promise<HostMeaning> => {
    const label = labelBelow(baseDomain, name);
    const asSlug = label !== null && slug.safeParse(label).success ? label : null;
    const found = await authDatabase.findHost(name, asSlug);
    const organizationId = found?.isActive ? found.organizationId : null;
    if (found) return { kind: "organization", by: found.isDomain ? "domain" : "subdomain", organizationId };
    if (label !== null) return { kind: "organization", by: "subdomain", organizationId: null };
    return MACHINE.test(name) ? { kind: "own" } : { kind: "unknown" };
  };

  return {
    async find(host) {
      const name = nameOfHost(host);
      if (own.has(name) || name === baseDomain || name === "localhost" || isLoopback(name))
        return { kind: "own" };
      if (isIP(name.replace(/^\[|\]$/g, "")) !== 0 || !isNameOfHost(name)) return { kind: "unknown" };
      const known = remembered.get(name);
      if (known && known.untilMs > clock.nowMs()) return known.meaning;
      const meaning = look(name);
      remembered.set(name, { meaning, untilMs: clock.nowMs() + REMEMBER_MS });
      meaning.catch(() => remembered.delete(name));
      return meaning;
    },
    forget: () => remembered.clear(),
  };
}

function isNameOfHost(name: string): boolean {
  return hostName.safeParse(name).success;
}

function isLoopback(name: string): boolean {
  return name === "[::1]" || /^127(\.\d{1,3}){3}$/.test(name);
}
