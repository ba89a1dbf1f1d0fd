/**
 * Does a piece of work again and again, so long apart. One that is still under way is not begun a second time;
 * disposing waits for it. The work must not fail.
 */
export function repeat(
  work: () => Promise<void>,
  { everyMs, isAtOnce = true }: { everyMs: number; isAtOnce?: boolean },
): AsyncDisposable {
  let running: Promise<void> | undefined;
  const begin = () => {
    running ??= work().finally(() => {
      running = undefined;
    });
  };
  if (isAtOnce) begin();
  const timer = setInterval(begin, everyMs);
  timer.unref();
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await running;
    },
  };
}
