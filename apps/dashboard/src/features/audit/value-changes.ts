/** One value that differs between before and after; undefined where there was or is none. */
export type ValueChange = { path: readonly string[]; before: unknown; after: unknown };

/** At most this many are listed. */
const MAX_CHANGES = 200;

/**
 * What differs between two values, member by member, in the order in which they stand; lists are compared as a whole.
 * Where one side is absent everything of the other is listed.
 */
export function valueChanges(before: unknown, after: unknown): ValueChange[] {
  return changesAt([], before ?? undefined, after ?? undefined).slice(0, MAX_CHANGES);
}

function changesAt(path: readonly string[], before: unknown, after: unknown): ValueChange[] {
  if (isSame(before, after)) return [];
  const [one, other] = [membersOf(before), membersOf(after)];
  const isNested = (one && other) || (one && after === undefined) || (other && before === undefined);
  if (!isNested) return [{ path, before, after }];
  const names = [...new Set([...Object.keys(one ?? {}), ...Object.keys(other ?? {})])];
  return names.flatMap((name) => changesAt([...path, name], one?.[name], other?.[name]));
}

function membersOf(value: unknown): Record<string, unknown> | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const entries = Object.entries(value);
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function isSame(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

/** A value in one text: what is text as it is, lists of texts one after another, everything else as JSON. */
export function valueText(value: unknown): string {
  const isTexts = Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === "string");
  if (isTexts) return value.join(", ");
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** A member's name in words: `defaultDurationMs` as "default duration ms". */
export function nameInWords(name: string): string {
  return name.replace(/([a-z\d])([A-Z])/g, "$1 $2").toLowerCase();
}
