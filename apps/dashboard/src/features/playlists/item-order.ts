/** The list with the line `key` put where `overKey` is; the same list if either is not in it. */
export function reordered<Item extends { id: string }>(
  items: readonly Item[],
  key: string,
  overKey: string,
): readonly Item[] {
  const from = items.findIndex((item) => item.id === key);
  const to = items.findIndex((item) => item.id === overKey);
  const moved = items[from];
  if (!moved || to < 0 || from === to) return items;
  const rest = items.filter((item) => item.id !== key);
  return [...rest.slice(0, to), moved, ...rest.slice(to)];
}

/** The id of the line after `key`, or null when it is the last: where the server is told to put it. */
export function idAfter(items: readonly { id: string }[], key: string): string | null {
  const index = items.findIndex((item) => item.id === key);
  return items[index + 1]?.id ?? null;
}

/** Where a line goes when it is moved without dragging; undefined when it is there already. */
export function neighbourFor(
  items: readonly { id: string }[],
  key: string,
  where: "up" | "down" | "top" | "end",
): string | undefined {
  const index = items.findIndex((item) => item.id === key);
  if (index < 0) return undefined;
  const target = { up: index - 1, down: index + 1, top: 0, end: items.length - 1 }[where];
  return target === index ? undefined : items[target]?.id;
}
