import type { JobsDatabase } from "@vitrine/db/jobs";
import type { KeyRing } from "./key-ring.ts";

const AT_ONCE = 200;

/**
 * Puts every data key under the ring's first key and gives how many there were. What they seal stays as it is. Stopped
 * halfway, it goes on with the rest when it is called again. Throws `SealBrokenError` for a key that the ring cannot open.
 */
export async function rewrapDataKeys(jobs: JobsDatabase, ring: KeyRing): Promise<number> {
  let count = 0;
  for (;;) {
    const held = await jobs.listDataKeysNotUnder(ring.wrapsBy, AT_ONCE);
    if (held.length === 0) return count;
    for (const key of held) {
      const { organizationId, number } = key;
      await jobs.rewrapDataKey({
        organizationId,
        ...ring.wrap(organizationId, number, ring.unwrap(organizationId, key)),
      });
      count += 1;
    }
  }
}
