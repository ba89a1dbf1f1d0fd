import { hash } from "node:crypto";
import {
  type Anchor,
  type ChainVerdict,
  makeChainVerifier,
  type Sha256,
} from "@vitrine/core/audit/verify-chain";
import type { ChainPlace, JobsDatabase } from "@vitrine/db/jobs";

const PAGE = 1_000;

export const sha256: Sha256 = (text) => hash("sha256", text, "hex");

/**
 * Reads an organization's chain, a page at a time, and verifies it against itself and its anchors (ordered by
 * sequence). What is added meanwhile is verified as well. Rejects when `signal` is aborted.
 */
export async function verifyOrganization(
  jobs: Pick<JobsDatabase, "readChain">,
  {
    organizationId,
    anchors,
    signal,
  }: { organizationId: string; anchors: readonly Anchor[]; signal?: AbortSignal },
): Promise<ChainVerdict> {
  const verifier = makeChainVerifier(sha256, anchors);
  let after: ChainPlace | undefined;
  for (;;) {
    signal?.throwIfAborted();
    const events = await jobs.readChain({ organizationId, ...(after && { after }), limit: PAGE });
    after = events.at(-1);
    if (!verifier.add(events) || after === undefined) return verifier.verdict();
  }
}
