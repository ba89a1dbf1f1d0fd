const MAX_NAME = 200;
const CANDIDATES = 200;

/** `name`, `name (2)`, `name (3)` … from number `first` on, 200 of them, each at most 200 characters long. */
export function numberedNames(name: string, first = 1): string[] {
  return Array.from({ length: CANDIDATES }, (_, index) => {
    const ending = first + index === 1 ? "" : ` (${first + index})`;
    return `${name.slice(0, MAX_NAME - ending.length)}${ending}`;
  });
}
