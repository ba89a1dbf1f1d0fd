/** Some of what an address says, to be said otherwise; what is undefined goes. */
export type Part<Search> = { [Name in keyof Search]?: Search[Name] | undefined };

/** Reads one value of a closed list from an address; anything else is undefined. */
export function oneOf<Value extends string>(list: readonly Value[], value: unknown): Value | undefined {
  return list.find((one) => one === value);
}

/** Reads a short text from an address; what looks like a number or a boolean is still the text that was typed. */
export function text(value: unknown, maxLength = 200): string | undefined {
  if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") return undefined;
  const plain = String(value).trim().slice(0, maxLength);
  return plain === "" ? undefined : plain;
}

/** Reads a UUID from an address. */
export function uuid(value: unknown): string | undefined {
  const plain = text(value, 36);
  return plain && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(plain) ? plain : undefined;
}

/** The business by which an address narrows a list; `none`: what belongs to none. */
export function businessIn(search: Record<string, unknown>): string | undefined {
  return search.business === "none" ? "none" : uuid(search.business);
}

/** A path of this site to go on to, or undefined: never another origin. */
export function ownPath(value: unknown): string | undefined {
  const plain = text(value, 500);
  // Browsers leave tabs and line ends out of an address, which could bring two slashes together.
  return plain && /^\/(?![/\\])/.test(plain) && !/\p{Cc}/u.test(plain) ? plain : undefined;
}
