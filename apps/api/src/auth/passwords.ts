import { hash, verify } from "@node-rs/argon2";
import { appError } from "@vitrine/core/model/errors";

/** Hashing of passwords with argon2id, at most two at a time so that sign-ins cannot starve the server. */
export type Passwords = {
  hash(password: string): Promise<string>;
  /** Takes as long for an unknown account (`undefined`) as for a wrong password. */
  matches(password: string, hashed: string | undefined): Promise<boolean>;
};

/** OWASP's parameters for argon2id: 19 MiB, two passes, one lane. */
const PARAMETERS = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const CONCURRENT = 2;
const WAITING = 64;

/** Makes the hasher; throws BUSY when more than 64 wait. */
export async function makePasswords(): Promise<Passwords> {
  const nobody = await hash(crypto.randomUUID(), PARAMETERS);
  const limited = makeLimit(CONCURRENT, WAITING);
  return {
    hash: (password) => limited(() => hash(password.normalize("NFKC"), PARAMETERS)),
    matches: (password, hashed) =>
      limited(async () => {
        const isRight = await verify(hashed ?? nobody, password.normalize("NFKC"));
        return hashed !== undefined && isRight;
      }),
  };
}

function makeLimit(concurrent: number, waitingLimit: number) {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (running >= concurrent) {
      if (waiting.length >= waitingLimit) throw appError("BUSY", { retryAfterSeconds: 2 });
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else {
      running += 1;
    }
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
