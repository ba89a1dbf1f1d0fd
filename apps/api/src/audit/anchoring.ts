import type { JobsDatabase } from "@vitrine/db/jobs";
import type { Clock } from "../platform/clock.ts";
import type { Log } from "../platform/log.ts";
import type { AnchorFile } from "./anchor-file.ts";

export type AnchoringDeps = {
  jobs: Pick<JobsDatabase, "readChainHeads">;
  file: AnchorFile;
  clock: Clock;
  log: Log;
  /** How often; default every hour. */
  everyMs: number;
};

const PAGE = 500;
const FIRST = "00000000-0000-0000-0000-000000000000";

/**
 * Writes the heads of all audit chains that have grown into the file of anchors: now, regularly, and when it is
 * disposed. What is cut off or replaced from then on shows.
 */
export function startAnchoring(deps: AnchoringDeps): AsyncDisposable {
  let running = anchorHeads(deps);
  const next = () => {
    running = running.then(() => anchorHeads(deps));
  };
  const timer = setInterval(next, deps.everyMs);
  timer.unref();
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      next();
      await running;
    },
  };
}

/** Anchors every chain that has grown; a failure is logged and made up for the next time. */
async function anchorHeads({ jobs, file, clock, log }: AnchoringDeps): Promise<void> {
  try {
    for (let after = FIRST; ; ) {
      const heads = await jobs.readChainHeads({ after, limit: PAGE });
      const grown = heads.filter(
        ({ organizationId, sequence }) => sequence > file.lastSequence(organizationId),
      );
      await file.append(grown, clock.now());
      const last = heads.at(-1);
      if (last === undefined) return;
      after = last.organizationId;
    }
  } catch (error) {
    log.error({ err: error }, "anchoring the audit chains failed; trying again next time");
  }
}
