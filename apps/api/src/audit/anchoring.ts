import type { JobsDatabase } from "@vitrine/db/jobs";
import type { Clock } from "../platform/clock.ts";
import type { Log } from "../platform/log.ts";
import { type ThinningDeps, thinAnchors } from "./thin-anchors.ts";

export type AnchoringDeps = ThinningDeps & {
  jobs: Pick<JobsDatabase, "readChainHeads" | "readChain">;
  clock: Clock;
  log: Log;
  /** How often; default every hour. */
  everyMs: number;
  /** How long the file may become before it is thinned; default 64 MiB, a year of thirty busy organizations. */
  mostBytes?: number;
};

const MOST_BYTES = 64 * 1024 ** 2;
const PAGE = 500;
const FIRST = "00000000-0000-0000-0000-000000000000";

/**
 * Writes the heads of all audit chains that have grown into the file of anchors: now, regularly, and when it is
 * disposed. What is cut off or replaced from then on shows. A file that has become long is thinned meanwhile.
 */
export function startAnchoring(deps: AnchoringDeps): AsyncDisposable {
  const stopping = new AbortController();
  const thinner = makeThinner(deps, stopping.signal);
  let running = anchorHeads(deps).then(thinner.look);
  const next = () => {
    running = running.then(() => anchorHeads(deps)).then(thinner.look);
  };
  const timer = setInterval(next, deps.everyMs);
  timer.unref();
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      stopping.abort();
      next();
      await running;
      await thinner.ended();
    },
  };
}

/** Thins the file once it is too long, and again once it is twice as long as that left it; anchoring goes on beside it. */
function makeThinner(deps: AnchoringDeps, signal: AbortSignal) {
  const { file, log, mostBytes = MOST_BYTES } = deps;
  let enoughBytes = mostBytes;
  let running: Promise<void> | undefined;
  const thin = async () => {
    try {
      await thinAnchors(deps, signal);
    } catch (error) {
      if (!signal.aborted) log.error({ err: error }, "thinning the audit anchors failed; trying again later");
    }
    enoughBytes = Math.max(mostBytes, 2 * file.sizeBytes());
    running = undefined;
  };
  return {
    look: () => {
      if (!signal.aborted && file.sizeBytes() > enoughBytes) running ??= thin();
    },
    ended: async () => running,
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
