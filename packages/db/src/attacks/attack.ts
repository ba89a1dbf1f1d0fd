/** For whom the attacking transaction speaks, and as whom it is connected. */
export type Speaker = "own" | "another" | "nobody" | "auth";

/** One statement with its parameters as they travel. */
export interface Step {
  text: string;
  parameters: readonly (string | null)[];
}

/** What the model says must come of an attack; nothing of the organization attacked may be in it in any case. */
export type Expectation =
  | { kind: "count"; count: number }
  /** The column `value` of the one row, as text. */
  | { kind: "value"; value: string }
  | { kind: "refused"; codes: readonly string[] }
  /** Any answer without a trace of another organization. */
  | { kind: "anything own" }
  /** Refused, or an answer that says nothing: no rows, null, false, 0; of a function without a result nothing but a refusal, unless that is fine. */
  | { kind: "nothing"; isVoidFine: boolean };

export interface Attack {
  /** The kind of attack, by which it is counted. */
  command: string;
  /** One after the other in one transaction. */
  steps: readonly Step[];
  /** Which step's outcome counts; the last when absent. */
  counted?: number;
  /** Run beforehand on the same connection, in a transaction that commits. */
  before?: Step & { as: "target" | "speaker" };
  /** Run afterwards, outside the transaction. */
  after?: string;
  /** Leaves all rows as they were, so that it may be committed. */
  isKept: boolean;
  expected: (speaker: Speaker) => Expectation;
}

/** What came of one attack. */
export type Outcome =
  | { kind: "rows"; count: number; rows: readonly unknown[] }
  /** A SQLSTATE, or the name of another failure. */
  | { kind: "refused"; code: string };

export function step(text: string, ...parameters: (string | null)[]): Step {
  return { text, parameters };
}

/** Refused for want of a right, or by a policy. */
export const DENIED: Expectation = { kind: "refused", codes: ["42501"] };

export function counted(count: number): Expectation {
  return { kind: "count", count };
}

export function valued(value: string): Expectation {
  return { kind: "value", value };
}

/** The expectation by who speaks; the role that looks up credentials is refused everything. */
export function by(
  own: Expectation,
  another: Expectation,
  nobody: Expectation,
): (speaker: Speaker) => Expectation {
  return (speaker) => ({ own, another, nobody, auth: DENIED })[speaker];
}

/** The same whoever speaks. */
export function always(expectation: Expectation): (speaker: Speaker) => Expectation {
  return (speaker) => (speaker === "auth" ? DENIED : expectation);
}

/** What is wrong with an outcome: undefined when it is as the model says and holds none of the `marks`. */
export function judge(
  outcome: Outcome,
  expectation: Expectation,
  marks: readonly string[],
): string | undefined {
  if (outcome.kind === "refused") return judgeRefusal(outcome.code, expectation);
  const seen = JSON.stringify(outcome.rows);
  const leaked = marks.find((mark) => seen.includes(mark));
  if (leaked !== undefined) return `rows with ${leaked}`;
  if (expectation.kind === "count" && outcome.count !== expectation.count) {
    return `${outcome.count} rows, not ${expectation.count}`;
  }
  if (expectation.kind === "value" && valueIn(outcome.rows) !== expectation.value) {
    return `${valueIn(outcome.rows)}, not ${expectation.value}`;
  }
  if (expectation.kind === "refused") return `${outcome.count} rows, not ${expectation.codes.join(" or ")}`;
  if (
    expectation.kind === "nothing" &&
    !outcome.rows.every((row) => saysNothing(row, expectation.isVoidFine))
  )
    return `an answer: ${seen}`;
  return undefined;
}

/** Refusals that a call with strange values may meet: of rights, of keys, of values. */
const USUAL = new Set(["42501", "23503", "23505", "23514", "23502", "22023", "42704", "P0001", "22P02"]);

function judgeRefusal(code: string, expectation: Expectation): string | undefined {
  if (expectation.kind === "refused") {
    return expectation.codes.includes(code) ? undefined : `${code}, not ${expectation.codes.join(" or ")}`;
  }
  const isOpen = expectation.kind === "anything own" || expectation.kind === "nothing";
  return isOpen && USUAL.has(code) ? undefined : `refused with ${code}`;
}

function valueIn(rows: readonly unknown[]): string {
  const [row] = rows;
  return typeof row === "object" && row !== null ? String(Reflect.get(row, "value")) : "no row";
}

function saysNothing(row: unknown, isVoidFine: boolean): boolean {
  const values: unknown[] = Object.values(row ?? {});
  return values.every(
    (value) => value === null || value === false || value === 0 || (isVoidFine && value === ""),
  );
}
