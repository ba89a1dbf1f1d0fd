import { setTimeout as sleep } from "node:timers/promises";

/** Waits until the condition gives something other than false, null or undefined; throws after the deadline, 5 s. */
export async function until<Value>(
  what: string,
  condition: () => Promise<Value | false | null | undefined>,
  deadlineMs = 5000,
): Promise<Value> {
  const deadline = performance.now() + deadlineMs;
  for (;;) {
    const found = await condition();
    if (found !== false && found !== null && found !== undefined) return found;
    if (performance.now() > deadline) throw new Error(`Waited in vain until ${what}`);
    await sleep(5);
  }
}
