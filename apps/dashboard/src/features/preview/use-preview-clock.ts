import { useCallback, useEffect, useState } from "react";

/** A clock that can be held and set. Moves with the wall clock while it runs. */
export type PreviewClock = {
  isRunning: boolean;
  /** Counts jumps: each setting, holding and letting go. */
  run: number;
  at: () => number;
  set: (atMs: number, isRunning?: boolean) => void;
  hold: () => void;
  go: () => void;
};

/** A preview's own time, starting at `startMs`; it runs from the beginning unless told otherwise. */
export function usePreviewClock(startMs: number, runsAtFirst = true): PreviewClock {
  const [state, setState] = useState({
    atMs: startMs,
    setAtMs: performance.now(),
    isRunning: runsAtFirst,
    run: 0,
  });
  const at = useCallback(
    () => state.atMs + (state.isRunning ? performance.now() - state.setAtMs : 0),
    [state],
  );
  const change = (atMs: number, isRunning: boolean) =>
    setState((now) => ({ atMs, setAtMs: performance.now(), isRunning, run: now.run + 1 }));
  return {
    isRunning: state.isRunning,
    run: state.run,
    at,
    set: (atMs, isRunning = state.isRunning) => change(atMs, isRunning),
    hold: () => change(at(), false),
    go: () => change(state.atMs, true),
  };
}

/** What a clock says, read a few times a second while it runs. */
export function useTicking(clock: PreviewClock, everyMs = 250): number {
  const { at, isRunning } = clock;
  const [atMs, setAtMs] = useState(at);
  useEffect(() => {
    setAtMs(at());
    if (!isRunning) return;
    const timer = setInterval(() => setAtMs(at()), everyMs);
    return () => clearInterval(timer);
  }, [at, isRunning, everyMs]);
  return atMs;
}
