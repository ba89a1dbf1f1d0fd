/** One header of an answer; names in any case, and there may be several of one name. */
export interface Header {
  name: string;
  value: string;
}

/**
 * The headers of a web page's answer without what forbids showing it in a frame: X-Frame-Options, and
 * `frame-ancestors` alone of its content security policies. Undefined when nothing forbids it.
 */
export function withoutFrameRefusal(headers: readonly Header[]): Header[] | undefined {
  let isRefused = false;
  const kept: Header[] = [];
  for (const { name, value } of headers) {
    const known = name.toLowerCase();
    if (known === "x-frame-options") {
      isRefused = true;
      continue;
    }
    const next = known === "content-security-policy" ? withoutFrameAncestors(value) : value;
    if (next !== value) isRefused = true;
    if (next !== "") kept.push({ name, value: next });
  }
  return isRefused ? kept : undefined;
}

/** A header may hold several policies, parted by commas, of directives, parted by semicolons (CSP3, 2.2). */
function withoutFrameAncestors(value: string): string {
  if (!/frame-ancestors/i.test(value)) return value;
  return value
    .split(",")
    .map((policy) =>
      policy
        .split(";")
        .filter((directive) => !/^\s*frame-ancestors(\s|$)/i.test(directive))
        .join(";")
        .trim(),
    )
    .filter((policy) => policy !== "")
    .join(", ");
}
