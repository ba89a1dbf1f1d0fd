/** Does something with each of many, at most `width` at a time, in order of their beginning. */
export async function inTurns<One>(
  many: readonly One[],
  width: number,
  work: (one: One, index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async () => {
    for (;;) {
      const index = next;
      const one = many[index];
      next += 1;
      if (one === undefined) return;
      await work(one, index);
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
}
