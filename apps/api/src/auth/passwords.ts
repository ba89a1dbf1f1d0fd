import { randomBytes } from "node:crypto";
import { appError } from "@vitrine/core/model/errors";
import { openHashingThreads } from "./hashing/hashing-threads.ts";
import { findPasswordFault, type PasswordOwner } from "./password-faults.ts";

/** Hashing of passwords with argon2id, in threads and rows that keep it from what else the server does. */
export type Passwords = AsyncDisposable & {
  /** Stands for the hash of who has no account: no password matches it, and finding that takes as long as always. */
  nobody: string;
  /**
   * For storing a new password of its owner, who has a link or a session and so goes first. Errors: PASSWORD_UNSAFE for
   * one that would be guessed first, BUSY.
   */
  hash(password: string, owner: PasswordOwner): Promise<string>;
  /**
   * Takes a place in the row, to be had before anything is read for a guess, so that those who find it full cost nothing
   * else. What is preferred goes before what is not and has a row of its own, so that no flood of guesses keeps those
   * out whose browser is known. Throws BUSY.
   */
  enter(options: { isPreferred: boolean }): PlaceInRow;
  /** Throws BUSY where `enter` would now. */
  requirePlace(options: { isPreferred: boolean }): void;
};

export type PlaceInRow = Disposable & {
  matches(password: string, hashed: string): Promise<boolean>;
};

/** OWASP's parameters for argon2id: 19 MiB, two passes, one lane. */
const PARAMETERS = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const PLACES = 64;
const RETRY_AFTER_SECONDS = 2;

/** Makes the hasher, with 64 places in either row. */
export function openPasswords(): Passwords {
  const threads = openHashingThreads();
  const taken = { preferred: 0, others: 0 };

  const requirePlace = (row: keyof typeof taken) => {
    if (taken[row] >= PLACES) throw appError("BUSY", { retryAfterSeconds: RETRY_AFTER_SECONDS });
  };
  const enter = (row: keyof typeof taken): Disposable => {
    requirePlace(row);
    taken[row] += 1;
    return {
      [Symbol.dispose]: () => {
        taken[row] -= 1;
      },
    };
  };
  return {
    nobody: hashOfNobody(),
    async hash(password, owner) {
      const reason = await findPasswordFault(password, owner);
      if (reason) throw appError("PASSWORD_UNSAFE", { reason });
      using _place = enter("preferred");
      const task = { password: password.normalize("NFKC"), options: PARAMETERS };
      return String(await threads.perform(task, { isPreferred: true }));
    },
    enter: ({ isPreferred }) => ({
      ...enter(rowOf(isPreferred)),
      async matches(password, hashed) {
        const task = { password: password.normalize("NFKC"), hashed };
        return (await threads.perform(task, { isPreferred })) === true;
      },
    }),
    requirePlace: ({ isPreferred }) => requirePlace(rowOf(isPreferred)),
    [Symbol.asyncDispose]: () => threads[Symbol.asyncDispose](),
  };
}

function rowOf(isPreferred: boolean): "preferred" | "others" {
  return isPreferred ? "preferred" : "others";
}

/** What nobody's password comes to, in the form in which argon2 writes hashes. */
function hashOfNobody(): string {
  const text = (bytes: number) => randomBytes(bytes).toString("base64").replaceAll("=", "");
  const { memoryCost, timeCost, parallelism } = PARAMETERS;
  return `$argon2id$v=19$m=${memoryCost},t=${timeCost},p=${parallelism}$${text(16)}$${text(32)}`;
}
