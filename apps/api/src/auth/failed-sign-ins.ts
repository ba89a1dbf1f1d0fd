import { randomInt } from "node:crypto";
import type { AccountTrace, AuthDatabase } from "@vitrine/db/auth";
import type { Clock } from "../platform/clock.ts";
import type { Log } from "../platform/log.ts";

/** Failed sign-ins of the last seconds, written for all accounts in one statement. */
export type FailedSignIns = AsyncDisposable & {
  /** The id of somebody or of nobody: calling takes as long for either. */
  note(userId: string, trace: AccountTrace): void;
};

/** As many of a person as the database keeps of a day. */
const MOST = 50;
const BETWEEN_MS = [1_000, 4_000] as const;

/**
 * Writes them at moments that nobody outside can tell, since what is written differs by whether there is an account, and
 * calls that are answered meanwhile wait for it. Those that are left are written when this is disposed. What cannot be
 * written is given up and logged: where the database is not there, nobody gets as far as a wrong password.
 */
export function startFailedSignIns({
  authDatabase,
  clock,
  log,
}: {
  authDatabase: Pick<AuthDatabase, "noteFailedSignIns">;
  clock: Clock;
  log: Log;
}): FailedSignIns {
  type Noted = Parameters<AuthDatabase["noteFailedSignIns"]>[0][number];
  const noted = new Map<string, Noted[]>();
  const write = async () => {
    if (noted.size === 0) return;
    const failures = [...noted.values()].flat();
    noted.clear();
    try {
      await authDatabase.noteFailedSignIns(failures);
    } catch (error) {
      log.warn({ err: error, count: failures.length }, "failed sign-ins could not be noted");
    }
  };
  let writing = Promise.resolve();
  let timer: NodeJS.Timeout;
  const plan = () => {
    timer = setTimeout(
      () => {
        writing = write().then(plan);
      },
      randomInt(...BETWEEN_MS),
    ).unref();
  };
  plan();
  return {
    note(userId, trace) {
      const ofPerson = noted.get(userId) ?? [];
      if (ofPerson.length < MOST) ofPerson.push({ userId, trace, at: clock.now() });
      noted.set(userId, ofPerson);
    },
    async [Symbol.asyncDispose]() {
      clearTimeout(timer);
      await writing;
      clearTimeout(timer);
      await write();
    },
  };
}
