import type { AuthDatabase } from "@vitrine/db/auth";
import type { Clock } from "../platform/clock.ts";
import type { Log } from "../platform/log.ts";

/** When and from where API keys were last used, written for all of them in one statement every few seconds. */
export type ApiKeyUses = AsyncDisposable & {
  note(key: { organizationId: string; id: string }, usedFrom: string): void;
};

const EVERY_MS = 5_000;

/** What is noted is written at the latest when this is disposed; a failure is logged and made up for the next time. */
export function startApiKeyUses({
  authDatabase,
  clock,
  log,
}: {
  authDatabase: Pick<AuthDatabase, "recordApiKeyUse">;
  clock: Clock;
  log: Log;
}): ApiKeyUses {
  const noted = new Map<string, Parameters<AuthDatabase["recordApiKeyUse"]>[0][number]>();
  let writing = Promise.resolve();
  const write = async () => {
    if (noted.size === 0) return;
    const uses = [...noted.values()];
    noted.clear();
    try {
      await authDatabase.recordApiKeyUse(uses);
    } catch (error) {
      log.warn({ err: error }, "noting the use of API keys failed; trying again");
      for (const use of uses) if (!noted.has(use.id)) noted.set(use.id, use);
    }
  };
  const timer = setInterval(() => {
    writing = writing.then(write);
  }, EVERY_MS);
  timer.unref();
  return {
    note: ({ organizationId, id }, usedFrom) => {
      noted.set(id, { organizationId, id, usedAt: clock.now(), usedFrom });
    },
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await writing.then(write);
    },
  };
}
