const MIN_MS = 500;
const MAX_MS = 86_400_000;

export type ParsedDuration =
  | { kind: "ok"; durationMs: number }
  | { kind: "unreadable" }
  | { kind: "tooShort" }
  | { kind: "tooLong" };

/**
 * A duration as people type it: seconds (`90`, `7.5`, `90 s`), `m:ss`, `h:mm:ss`, or units (`2 min`,
 * `1h 30m`). A comma may stand for the decimal point. Bounds are those of the core: 0.5 s to 24 h.
 */
export function parseDuration(text: string): ParsedDuration {
  const plain = text.trim().toLowerCase().replace(",", ".");
  const seconds = clockSeconds(plain) ?? unitSeconds(plain);
  if (seconds === undefined) return { kind: "unreadable" };
  const durationMs = Math.round(seconds * 1000);
  if (durationMs < MIN_MS) return { kind: "tooShort" };
  if (durationMs > MAX_MS) return { kind: "tooLong" };
  return { kind: "ok", durationMs };
}

/** `m:ss` or `h:mm:ss`, with tenths only where there are any; what it gives can be typed back in. */
export function formatDuration(durationMs: number): string {
  const tenths = Math.round(durationMs / 100);
  const hours = Math.floor(tenths / 36_000);
  const minutes = Math.floor((tenths % 36_000) / 600);
  const seconds = Math.floor((tenths % 600) / 10);
  const fraction = tenths % 10 === 0 ? "" : `.${tenths % 10}`;
  const tail = `${String(seconds).padStart(2, "0")}${fraction}`;
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${tail}` : `${minutes}:${tail}`;
}

function clockSeconds(text: string): number | undefined {
  const match = /^(?:(\d{1,3}):)?(\d{1,4}):([0-5]?\d(?:\.\d+)?)$/.exec(text);
  if (!match) return undefined;
  const [, hours = "0", minutes = "0", seconds = "0"] = match;
  if (match[1] !== undefined && Number(minutes) > 59) return undefined;
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}

function unitSeconds(text: string): number | undefined {
  const match =
    /^(?:(\d+(?:\.\d+)?)\s*h(?:ours?|rs?)?)?\s*(?:(\d+(?:\.\d+)?)\s*m(?:in(?:utes?)?)?)?\s*(?:(\d+(?:\.\d+)?|\.\d+)\s*(?:s(?:ec(?:onds?)?)?)?)?$/.exec(
      text,
    );
  if (!match || text === "") return undefined;
  const [, hours = "0", minutes = "0", seconds = "0"] = match;
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}
