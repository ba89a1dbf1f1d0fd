const MAX_NAME = 200;
const CANDIDATES = 200;

/** `name`, `name (2)`, `name (3)` … up to 200 of them, each at most 200 characters long. */
export function numberedNames(name: string): string[] {
  return Array.from({ length: CANDIDATES }, (_, index) => {
    const ending = index === 0 ? "" : ` (${index + 1})`;
    return `${name.slice(0, MAX_NAME - ending.length)}${ending}`;
  });
}
