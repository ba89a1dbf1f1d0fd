import { findServerRefusal } from "@vitrine/db/errors";
import type { DeviceStatusWrite, JobsDatabase } from "@vitrine/db/jobs";
import type { Log } from "../platform/log.ts";

export type { DeviceStatusWrite };

/** Rows of one statement: bounds its memory, not its use. */
const ROWS = 5_000;

/**
 * Stores the latest word of screens of all organizations, one statement for up to 5,000. A row that the database
 * refuses is left out and logged, so that one screen cannot keep the others' from being stored.
 */
export async function writePresence(
  deps: { jobsDatabase: Pick<JobsDatabase, "flushDeviceStatus">; log: Log },
  rows: readonly DeviceStatusWrite[],
): Promise<void> {
  for (let from = 0; from < rows.length; from += ROWS)
    await writeOrHalve(deps, rows.slice(from, from + ROWS));
}

async function writeOrHalve(
  deps: { jobsDatabase: Pick<JobsDatabase, "flushDeviceStatus">; log: Log },
  rows: readonly DeviceStatusWrite[],
): Promise<void> {
  const [first] = rows;
  if (!first) return;
  try {
    await deps.jobsDatabase.flushDeviceStatus(rows);
  } catch (error) {
    if (!isRefused(error)) throw error;
    if (rows.length === 1) {
      const { organizationId, deviceId } = first;
      return deps.log.warn({ err: error, organizationId, deviceId }, "a screen's status cannot be stored");
    }
    const half = Math.ceil(rows.length / 2);
    await writeOrHalve(deps, rows.slice(0, half));
    await writeOrHalve(deps, rows.slice(half));
  }
}

/** Data exceptions (class 22) and broken constraints (class 23) come from the rows; all else may pass. */
function isRefused(error: unknown): boolean {
  const code = findServerRefusal(error)?.code ?? "";
  return code.startsWith("22") || code.startsWith("23");
}
