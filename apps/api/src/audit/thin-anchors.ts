import type { JobsDatabase } from "@vitrine/db/jobs";
import type { Mac } from "../platform/mac.ts";
import type { AnchorFile } from "./anchor-file.ts";
import { anchorsOfAll } from "./anchors-of.ts";
import { verifyOrganization } from "./verify-organization.ts";

export type ThinningDeps = { jobs: Pick<JobsDatabase, "readChain">; file: AnchorFile; mac: Mac };

/**
 * Leaves of each chain that is whole its newest anchor alone, whose hash stands for every event before it, so that
 * nothing is found less. Of a chain that is not, all stay: they are what shows it. Reads all chains that have several.
 */
export async function thinAnchors({ jobs, file, mac }: ThinningDeps, signal: AbortSignal): Promise<void> {
  const { anchors, badLine } = await anchorsOfAll(file.path, mac);
  if (badLine !== null) return;
  const newest = new Map<string, number>();
  for (const [organizationId, own] of anchors) {
    const last = own.at(-1);
    if (last === undefined || own.length === 1) continue;
    const { fault } = await verifyOrganization(jobs, { organizationId, anchors: own, signal });
    if (fault === null) newest.set(organizationId, last.sequence);
  }
  await file.thin(({ organizationId, sequence }) => sequence >= (newest.get(organizationId) ?? 0));
}
