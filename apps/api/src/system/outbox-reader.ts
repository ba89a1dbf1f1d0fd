import type { JobsDatabase } from "@vitrine/db/jobs";
import type { OutboxReader } from "../events/notifier.ts";
import { parseSnapshot, type Snapshot } from "../events/snapshot.ts";

/** Reads committed changes of all organizations for the notifier, which alone may. */
export function makeOutboxReader(jobs: Pick<JobsDatabase, "readOutbox" | "currentSnapshot">): OutboxReader {
  return {
    currentSnapshot: async () => requireSnapshot(await jobs.currentSnapshot()),
    async read({ after, upTo, behind, limit }) {
      const read = await jobs.readOutbox({
        after: after.text,
        ...(upTo && { upTo: upTo.text }),
        ...(behind && { behind: { xid: `${behind.xid}`, id: Number(behind.id) } }),
        limit,
      });
      return {
        upTo: requireSnapshot(read.upTo),
        changes: read.entries.map((entry) => ({ ...entry, xid: BigInt(entry.xid), id: BigInt(entry.id) })),
      };
    },
  };
}

function requireSnapshot(text: string): Snapshot {
  const snapshot = parseSnapshot(text);
  if (!snapshot) throw new Error("The database gave no snapshot");
  return snapshot;
}
