import * as z from "zod";
import type { Ask } from "../database/single-statements.ts";
import { arrayText } from "../database/values.ts";
import * as rows from "./rows.ts";

/** Second factors of people: a sealed seed each, and the hashes of their recovery codes. */
export interface SecondFactors {
  /** A seed that waits to be confirmed, in place of one that was not; false when the person has a factor. */
  begin(userId: string, seed: Buffer): Promise<boolean>;
  /** Undefined when there is none, not even one that waits. */
  find(userId: string): Promise<{ confirmedAt: Date | null; recoveryCodesLeft: number } | undefined>;
  /**
   * Takes one try at a code and gives the seed to check it with; without one, how long the next try has to wait.
   * Undefined when the person has no such factor.
   */
  try(
    userId: string,
    isConfirmed: boolean,
  ): Promise<{ seed: Buffer | null; waitSeconds: number } | undefined>;
  /** Takes up the step of time that a right code was for; false when it, or a later one, was before. */
  acceptStep(userId: string, step: number): Promise<boolean>;
  /** False when another seed waits by now. Hashes are SHA-256 in hexadecimal. */
  confirm(
    userId: string,
    factor: { seed: Buffer; step: number; codeHashes: readonly string[] },
  ): Promise<boolean>;
  /** False without a factor. */
  replaceRecoveryCodes(userId: string, codeHashes: readonly string[]): Promise<boolean>;
  /** False when unknown or used. */
  useRecoveryCode(userId: string, codeHash: string): Promise<boolean>;
  /** False without a factor. */
  remove(userId: string): Promise<boolean>;
  /** Remembers who gave the right password, until they show the second factor. */
  openStep(tokenHash: string, userId: string, expiresAt: Date): Promise<void>;
  /** Who has to show it; null when unknown, past its time, or the password is another one by now. */
  findStep(tokenHash: string): Promise<string | null>;
  /** Of two who close one, one gets true. */
  closeStep(tokenHash: string): Promise<boolean>;
}

export function secondFactors(ask: Ask): SecondFactors {
  const isDone = async (call: string, parameters: readonly unknown[]) =>
    rows.answer(rows.boolean, await ask(`select auth.${call} as answer`, parameters));
  return {
    begin: (userId, seed) => isDone("begin_second_factor($1, $2)", [userId, seed]),
    find: async (userId) =>
      rows.first(rows.secondFactor, await ask("select * from auth.find_second_factor($1)", [userId])),
    try: async (userId, isConfirmed) =>
      rows.first(
        rows.factorTry,
        await ask("select * from auth.try_second_factor($1, $2)", [userId, isConfirmed]),
      ),
    acceptStep: (userId, step) => isDone("accept_step($1, $2)", [userId, step]),
    confirm: (userId, { seed, step, codeHashes }) =>
      isDone("confirm_second_factor($1, $2, $3, $4)", [userId, seed, step, arrayText(codeHashes)]),
    replaceRecoveryCodes: (userId, codeHashes) =>
      isDone("replace_recovery_codes($1, $2)", [userId, arrayText(codeHashes)]),
    useRecoveryCode: (userId, codeHash) => isDone("use_recovery_code($1, $2)", [userId, codeHash]),
    remove: (userId) => isDone("remove_second_factor($1)", [userId]),
    openStep: async (tokenHash, userId, expiresAt) => {
      await ask("select auth.open_second_step($1, $2, $3)", [tokenHash, userId, expiresAt]);
    },
    findStep: async (tokenHash) =>
      rows.answer(
        z.string().nullable(),
        await ask("select auth.find_second_step($1) as answer", [tokenHash]),
      ),
    closeStep: (tokenHash) => isDone("close_second_step($1)", [tokenHash]),
  };
}
