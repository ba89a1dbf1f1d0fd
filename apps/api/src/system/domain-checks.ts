import { organizationScope } from "@vitrine/db/scope";
import { checkDomain } from "../features/domains/check-domain.ts";
import type { Services } from "../services.ts";

/** Trusted domains are looked at again after this long. */
const EVERY_MS = 3_600_000;
/** How often it is looked which are due; each time at most so many, one after another. */
const ROUND_MS = 300_000;
const ROUND_MOST = 200;

/** Looks at trusted domains again, each every hour: one that loses its record is trusted no more after a grace. */
export function startDomainChecks(services: Services): AsyncDisposable {
  const stopping = new AbortController();
  let running = checkDueDomains(services, stopping.signal);
  const timer = setInterval(() => {
    running = running.then(() => checkDueDomains(services, stopping.signal));
  }, ROUND_MS);
  timer.unref();
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      stopping.abort();
      await running;
    },
  };
}

/** Looks at those that are due. What fails is logged and made up for the next time. */
export async function checkDueDomains(services: Services, signal?: AbortSignal): Promise<void> {
  const { jobsDatabase, clock, log } = services;
  try {
    const before = new Date(clock.nowMs() - EVERY_MS);
    for (const due of await jobsDatabase.listDomainsCheckedBefore(before, ROUND_MOST)) {
      if (signal?.aborted) return;
      await checkOne(services, due);
    }
  } catch (error) {
    log.warn({ err: error }, "looking at domains failed; trying again in some minutes");
  }
}

async function checkOne(services: Services, due: { organizationId: string; domain: string }): Promise<void> {
  const { log, newId } = services;
  const scope = organizationScope(due.organizationId);
  const actor = { kind: "system", id: null, name: "Vitrine" } as const;
  try {
    await checkDomain({ services, scope, actor, requestId: newId(), remoteAddress: "" }, due.domain);
  } catch (error) {
    log.warn({ err: error, ...due }, "looking at a domain failed; trying again in some minutes");
  }
}
