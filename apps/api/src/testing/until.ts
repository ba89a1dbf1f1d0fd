import { setTimeout as sleep } from "node:timers/promises";

/** Waits until a condition holds, looking every 5 ms; throws what it waited for after `timeoutMs`. */
export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  timeoutMs = 25_000,
): Promise<void> {
  const endMs = performance.now() + timeoutMs;
  while (!(await holds())) {
    if (performance.now() > endMs) throw new Error(`Waited ${timeoutMs} ms in vain until ${what}`);
    await sleep(5);
  }
}
