/** Work that is taken up together some times a second, in the order in which it came. */
export interface Turns {
  add(work: () => void): void;
}

/** Work of one process; `work` must not throw. */
export function createTurns(everyMs: number): Turns {
  let waiting: (() => void)[] = [];
  const run = () => {
    const taken = waiting;
    waiting = [];
    for (const work of taken) work();
  };
  return {
    add(work) {
      if (waiting.length === 0) setTimeout(run, everyMs);
      waiting.push(work);
    },
  };
}
