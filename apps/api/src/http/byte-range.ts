/** Which bytes of a file a request asks for; `end` is exclusive. */
export type ByteRange =
  | { kind: "whole" }
  | { kind: "part"; start: number; end: number }
  | { kind: "unsatisfiable" };

const WHOLE = { kind: "whole" } as const;

/**
 * Reads a `Range` header (RFC 9110, 14.2). One range of bytes is honoured; several, other units and malformed
 * ones mean the whole file, as the standard allows.
 */
export function parseByteRange(header: string | undefined, sizeBytes: number): ByteRange {
  const match = /^\s*bytes\s*=\s*(\d*)\s*-\s*(\d*)\s*$/i.exec(header ?? "");
  const [, first = "", last = ""] = match ?? [];
  if (first === "" && last === "") return WHOLE;
  if (first === "") return part(Math.max(0, sizeBytes - Number(last)), sizeBytes, sizeBytes);
  const start = Number(first);
  const end = last === "" ? sizeBytes : Number(last) + 1;
  if (end <= start && last !== "") return WHOLE;
  return part(start, Math.min(end, sizeBytes), sizeBytes);
}

function part(start: number, end: number, sizeBytes: number): ByteRange {
  return start >= sizeBytes || start >= end ? { kind: "unsatisfiable" } : { kind: "part", start, end };
}
