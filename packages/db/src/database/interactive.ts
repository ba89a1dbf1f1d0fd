import { failureOf } from "./burst.ts";
import { isConnectionFailure, TransactionError } from "./errors.ts";
import type { Answer, Lane } from "./lane.ts";
import { encodeStatement, type Statement } from "./statement.ts";

/**
 * A transaction whose statements depend on earlier answers, alone on its lane. BEGIN travels with the first
 * statement; without a statement nothing is sent at all.
 */
export class InteractiveTransaction {
  readonly #lane: Lane;
  readonly #begin: string;
  readonly #signal: AbortSignal | undefined;
  #began: Promise<Answer> | undefined;
  #connection = 0;
  #isOver = false;

  constructor(lane: Lane, begin: string, signal: AbortSignal | undefined) {
    this.#lane = lane;
    this.#begin = begin;
    this.#signal = signal;
  }

  /** Waits for BEGIN, for a role whose statements would count outside a transaction too, were BEGIN to fail before them. */
  async begin(): Promise<void> {
    await this.#start().catch((error: unknown) => {
      throw lostOr(error);
    });
  }

  /** Runs one statement in the transaction. Rejects once the transaction is over, aborted or its connection lost. */
  async run(statement: Statement, values: Record<string, unknown>): Promise<unknown> {
    if (this.#isOver) throw new TransactionError("rolled_back", "The transaction is over");
    this.#signal?.throwIfAborted();
    const { text, parameters } = encodeStatement(statement, values);
    const began = this.#start();
    const sent = this.#lane.send(text, parameters, statement.shape);
    const [first, answer] = await this.#together(began, sent);
    if (first.backend !== answer.backend) {
      throw new TransactionError("connection_lost", "The connection changed in the middle of a transaction");
    }
    return statement.toResult(answer);
  }

  /** Commits what was done. Rejects when the server answers anything else than COMMIT. */
  async commit(): Promise<void> {
    this.#isOver = true;
    if (this.#began === undefined) return;
    const first = await this.#began;
    this.#requireSameConnection();
    const ended = await this.#lane.control("COMMIT").catch((error: unknown) => {
      throw failureOf(error);
    });
    if (ended.backend !== first.backend || ended.command !== "COMMIT") {
      throw new TransactionError("rolled_back", "The transaction was rolled back");
    }
  }

  /** Undoes what was done and leaves the lane clean; drops the connection when that cannot be known. */
  async rollback(): Promise<void> {
    this.#isOver = true;
    if (this.#began === undefined || this.#connection !== this.#lane.connection) return;
    const ended = await this.#lane.control("ROLLBACK").catch(() => undefined);
    if (ended?.command !== "ROLLBACK") await this.#lane.drop();
  }

  /** Commits what `work` does when it resolves, undoes it when it throws; gives what it resolves to. */
  async wholly<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      const done = await work();
      await this.commit();
      return done;
    } catch (error) {
      await this.rollback();
      throw error;
    }
  }

  #start(): Promise<Answer> {
    if (this.#began === undefined) {
      this.#began = this.#lane.control(this.#begin);
      this.#connection = this.#lane.connection;
    }
    this.#requireSameConnection();
    return this.#began;
  }

  async #together(began: Promise<Answer>, sent: Promise<Answer>): Promise<[Answer, Answer]> {
    const [first, answer] = await Promise.allSettled([began, sent]);
    if (first.status === "rejected") throw lostOr(first.reason);
    if (answer.status === "rejected") throw lostOr(answer.reason);
    return [first.value, answer.value];
  }

  #requireSameConnection(): void {
    if (this.#connection === this.#lane.connection) return;
    throw new TransactionError("connection_lost", "The connection to the database was lost");
  }
}

/** Before COMMIT is sent, a lost connection means that nothing was kept. */
function lostOr(error: unknown): unknown {
  if (!isConnectionFailure(error)) return error;
  return new TransactionError("connection_lost", "The connection to the database was lost", error);
}
