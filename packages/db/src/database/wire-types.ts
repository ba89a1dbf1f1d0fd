const TIMESTAMPTZ = 1184;
const DATE = 1082;
const TIMESTAMP = 1114;
const INT8 = 20;
const JSON_OID = 114;
const JSONB = 3802;
const BYTEA = 17;

/**
 * How values travel on every connection of ours: `timestamptz` is a JS `Date`, `bigint` a number (below 2^53),
 * `json` and `jsonb` parsed, `bytea` a Buffer, `date` and `timestamp` their text. Parameters arrive as text already.
 */
export const WIRE_TYPES = {
  date: { to: TIMESTAMPTZ, from: [TIMESTAMPTZ], serialize: asIs, parse: parseInstant },
  plain: { to: DATE, from: [DATE, TIMESTAMP], serialize: asIs, parse: asIs },
  bigint: { to: INT8, from: [INT8], serialize: asIs, parse: Number },
  json: { to: JSON_OID, from: [JSON_OID, JSONB], serialize: asIs, parse: parseJson },
  bytea: {
    to: BYTEA,
    from: [BYTEA],
    serialize: asIs,
    parse: (text: string) => Buffer.from(text.slice(2), "hex"),
  },
};

function asIs(text: string): string {
  return text;
}

function parseJson(text: string): unknown {
  return JSON.parse(text);
}

/** Reads `2026-11-20 10:00:00.123+00`, as a server in UTC writes it: several times faster than `new Date(text)`. */
export function parseInstant(text: string): Date {
  const isPlain = text.length >= 22 && text.length <= 26 && text.endsWith("+00") && text[10] === " ";
  if (!isPlain) return new Date(text);
  const fraction = text[19] === "." ? Number(text.slice(20, -3).padEnd(3, "0")) : 0;
  return new Date(
    Date.UTC(
      digits(text, 0, 4),
      digits(text, 5, 7) - 1,
      digits(text, 8, 10),
      digits(text, 11, 13),
      digits(text, 14, 16),
      digits(text, 17, 19),
      fraction,
    ),
  );
}

function digits(text: string, from: number, to: number): number {
  let value = 0;
  for (let index = from; index < to; index++) value = value * 10 + text.charCodeAt(index) - 48;
  return value;
}
