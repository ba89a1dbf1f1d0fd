const MAX_STEPS = 200;

/** What was done, what is, and what was undone. Changes under the same mark are one step. */
export type EditHistory<State> = {
  past: readonly State[];
  now: State;
  future: readonly State[];
  mark: string | null;
};

/** A history in which nothing has happened yet. */
export function startHistory<State>(now: State): EditHistory<State> {
  return { past: [], now, future: [], mark: null };
}

/** The history with a change: a step of its own, or one with the last change if both have the same mark. */
export function changed<State>(
  history: EditHistory<State>,
  now: State,
  mark: string | null = null,
): EditHistory<State> {
  if (now === history.now) return history;
  const isSameStep = mark !== null && mark === history.mark;
  const past = isSameStep ? history.past : [...history.past, history.now].slice(-MAX_STEPS);
  return { past, now, future: [], mark };
}

/** One step back; the same history where there is none. */
export function undone<State>(history: EditHistory<State>): EditHistory<State> {
  const [before] = history.past.slice(-1);
  if (before === undefined) return history;
  return {
    past: history.past.slice(0, -1),
    now: before,
    future: [history.now, ...history.future],
    mark: null,
  };
}

/** One step forward again; the same history where there is none. */
export function redone<State>(history: EditHistory<State>): EditHistory<State> {
  const [next, ...future] = history.future;
  if (next === undefined) return history;
  return { past: [...history.past, history.now], now: next, future, mark: null };
}
