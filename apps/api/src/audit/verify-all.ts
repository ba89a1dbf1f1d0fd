import type { Anchor, ChainVerdict } from "@vitrine/core/audit/verify-chain";
import type { JobsDatabase } from "@vitrine/db/jobs";
import { verifyOrganization } from "./verify-organization.ts";

const PAGE = 500;
const FIRST = "00000000-0000-0000-0000-000000000000";

/**
 * Verifies the chain of every organization that has one or had one at an anchor, one after another. Memory does not
 * grow with the events.
 */
export async function* verifyAll(
  jobs: Pick<JobsDatabase, "readChain" | "readChainHeads">,
  anchors: ReadonlyMap<string, readonly Anchor[]>,
): AsyncGenerator<{ organizationId: string; verdict: ChainVerdict }> {
  const gone = new Set(anchors.keys());
  for await (const organizationId of organizationsOf(jobs)) {
    gone.delete(organizationId);
    const own = anchors.get(organizationId) ?? [];
    yield { organizationId, verdict: await verifyOrganization(jobs, { organizationId, anchors: own }) };
  }
  for (const organizationId of gone) {
    const own = anchors.get(organizationId) ?? [];
    yield { organizationId, verdict: await verifyOrganization(jobs, { organizationId, anchors: own }) };
  }
}

async function* organizationsOf(jobs: Pick<JobsDatabase, "readChainHeads">): AsyncGenerator<string> {
  for (let after = FIRST; ; ) {
    const heads = await jobs.readChainHeads({ after, limit: PAGE });
    const last = heads.at(-1);
    if (last === undefined) return;
    for (const { organizationId } of heads) yield organizationId;
    after = last.organizationId;
  }
}
