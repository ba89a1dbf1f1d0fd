import { findServerRefusal, isConnectionFailure, TransactionError } from "./errors.ts";
import type { Answer, Lane } from "./lane.ts";
import type { OrganizationScope } from "./scope.ts";
import { encodeStatement, type Statement } from "./statement.ts";

/** The message that opens a transaction for one organization: literal, since poolers and Citus carry no other form. */
export function beginFor({ organizationId, businessIds }: OrganizationScope): string {
  const begin = `BEGIN;SET LOCAL app.organization_id='${organizationId}'`;
  return businessIds === null ? begin : `${begin};SET LOCAL app.businesses='{${businessIds.join(",")}}'`;
}

/**
 * Runs the statements as one transaction without waiting in between, and gives their results in order. An error
 * rolls back this burst alone and rejects; nothing is sent when a parameter cannot be encoded.
 */
export async function runBurst(
  lane: Lane,
  begin: string,
  statements: readonly Statement[],
  values: Record<string, unknown>,
): Promise<unknown[]> {
  const encoded = statements.map((statement) => ({
    ...encodeStatement(statement, values),
    shape: statement.shape,
  }));
  const sent = [
    lane.control(begin),
    ...encoded.map(({ text, parameters, shape }) => lane.send(text, parameters, shape)),
    lane.control("COMMIT"),
  ];
  const answers = requireCommit(await Promise.allSettled(sent));
  return statements.map((statement, index) => {
    const answer = answers[index + 1];
    if (answer === undefined) throw new TransactionError("unknown", "A statement has no answer");
    return statement.toResult(answer);
  });
}

/**
 * Checks that the transaction began, that each statement ran in it, on one connection, and that it ended with COMMIT.
 * The driver resolves a COMMIT that the server answers with ROLLBACK.
 */
function requireCommit(outcomes: PromiseSettledResult<Answer>[]): Answer[] {
  const failure = firstFailure(outcomes);
  if (failure !== undefined) throw failureOf(failure);
  const answers = outcomes.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  const [began] = answers;
  const ended = answers.at(-1);
  if (answers.some(({ backend }) => backend !== began?.backend)) {
    throw new TransactionError("unknown", "The connection changed in the middle of a transaction");
  }
  if (began?.command !== "SET" || ended?.command !== "COMMIT") {
    throw new TransactionError("rolled_back", "The transaction was rolled back");
  }
  return answers;
}

/** The first error that is a cause: statements after a failed one only say that the transaction is aborted. */
function firstFailure(outcomes: PromiseSettledResult<Answer>[]): unknown {
  for (const one of outcomes) {
    if (one.status === "rejected" && findServerRefusal(one.reason)?.code !== "25P02") return one.reason;
  }
  return outcomes.find((one) => one.status === "rejected")?.reason;
}

/** The server's own error as it is; a lost connection as a `TransactionError`. */
export function failureOf(error: unknown): unknown {
  if (!isConnectionFailure(error) || error instanceof TransactionError) return error;
  const fault = wasNeverConnected(error) ? "connection_lost" : "unknown";
  return new TransactionError(fault, "The connection to the database was lost", error);
}

const NEVER_CONNECTED = new Set(["ECONNREFUSED", "ENOENT", "ENOTFOUND", "EAI_AGAIN", "CONNECT_TIMEOUT"]);

function wasNeverConnected(error: unknown): boolean {
  return error instanceof Error && "code" in error && NEVER_CONNECTED.has(String(error.code));
}
