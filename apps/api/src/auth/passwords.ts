import { hash, verify } from "@node-rs/argon2";
import { appError } from "@vitrine/core/model/errors";
import { findPasswordFault, type PasswordOwner } from "./password-faults.ts";

/** Hashing of passwords with argon2id, at most two at a time so that sign-ins cannot starve the server. */
export type Passwords = {
  /** For storing a new password of its owner. Errors: PASSWORD_UNSAFE for one that would be guessed first. */
  hash(password: string, owner: PasswordOwner): Promise<string>;
  /**
   * Takes as long for an unknown account (`undefined`) as for a wrong password. What is preferred goes before what is
   * not and waits in a row of its own, so that no flood of guesses keeps those out whose browser is known.
   */
  matches(
    password: string,
    hashed: string | undefined,
    options?: { isPreferred?: boolean },
  ): Promise<boolean>;
};

/** OWASP's parameters for argon2id: 19 MiB, two passes, one lane. */
const PARAMETERS = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const CONCURRENT = 2;
const WAITING = 64;

/** Makes the hasher; throws BUSY when more than 64 wait in a row. */
export async function makePasswords(): Promise<Passwords> {
  const nobody = await hash(crypto.randomUUID(), PARAMETERS);
  const limited = makeLimit(CONCURRENT, WAITING);
  return {
    async hash(password, owner) {
      const reason = await findPasswordFault(password, owner);
      if (reason) throw appError("PASSWORD_UNSAFE", { reason });
      return limited(false, () => hash(password.normalize("NFKC"), PARAMETERS));
    },
    matches: (password, hashed, { isPreferred = false } = {}) =>
      limited(isPreferred, async () => {
        const isRight = await verify(hashed ?? nobody, password.normalize("NFKC"));
        return hashed !== undefined && isRight;
      }),
  };
}

function makeLimit(concurrent: number, waitingLimit: number) {
  let running = 0;
  const preferred: (() => void)[] = [];
  const others: (() => void)[] = [];
  return async <Result>(isPreferred: boolean, work: () => Promise<Result>): Promise<Result> => {
    if (running >= concurrent) {
      const row = isPreferred ? preferred : others;
      if (row.length >= waitingLimit) throw appError("BUSY", { retryAfterSeconds: 2 });
      await new Promise<void>((resolve) => row.push(resolve));
    } else {
      running += 1;
    }
    try {
      return await work();
    } finally {
      const next = preferred.shift() ?? others.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
