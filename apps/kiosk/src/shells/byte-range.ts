/** Bytes `[start, end)` of a file; `isPart` tells an answer to a range from the whole. */
export interface ByteSpan {
  start: number;
  end: number;
  isPart: boolean;
}

/**
 * What a Range header asks of a file of this size (RFC 9110, 14.1.2): one range in bytes. Undefined when it
 * cannot be satisfied; the whole file when there is no header, or one that we need not understand.
 */
export function readByteRange(header: string | null, sizeBytes: number): ByteSpan | undefined {
  const whole = { start: 0, end: sizeBytes, isPart: false };
  const match = header === null ? null : /^bytes=(\d*)-(\d*)$/.exec(header.trim());
  if (match === null) return whole;
  const [, first = "", last = ""] = match;
  if (first === "" && last === "") return whole;

  if (first === "") {
    const length = Number(last);
    if (length === 0 || sizeBytes === 0) return undefined;
    return { start: Math.max(0, sizeBytes - length), end: sizeBytes, isPart: true };
  }
  const start = Number(first);
  const end = last === "" ? sizeBytes : Math.min(Number(last) + 1, sizeBytes);
  if (start >= sizeBytes) return undefined;
  return end <= start ? whole : { start, end, isPart: true };
}
