import type { Step } from "./step.ts";

/** Storage options that Drizzle cannot say. A status row is rewritten at every flush: room on its page keeps that off the indexes. */
const OPTIONS: Record<string, string> = { device_status: "fillfactor=80" };

/** Sets the storage options of tenant tables where they differ. */
export async function ensureLayout({ run, say }: Step): Promise<void> {
  for (const [table, option] of Object.entries(OPTIONS)) {
    const [found] = await run(`select coalesce(reloptions, '{}') @> array['${option}'] as "isSet"
      from pg_class where oid = 'tenant.${table}'::regclass`);
    if (found?.isSet === true) continue;
    await run(`alter table tenant.${table} set (${option})`);
    say(`${table} laid out with ${option}`);
  }
}
