import { canonicalInstant, canonicalJson } from "@vitrine/core/audit/canonical";
import { chainedEvent } from "@vitrine/core/audit/chained-event";
import type { ChainedEvent } from "@vitrine/core/audit/verify-chain";
import { instant, sha256 } from "@vitrine/core/model/ids";
import * as z from "zod";

const line = chainedEvent.extend({
  sequence: z.int(),
  hash: sha256,
  at: instant,
  before: z.unknown(),
  after: z.unknown(),
});

/** An event of a line of an export in JSON Lines, as it is verified. Throws for anything else. */
export function parseExportLine(text: string): ChainedEvent {
  const { at, before, after, ...event } = line.parse(JSON.parse(text));
  return { ...event, at: canonicalInstant(at), before: canonicalOf(before), after: canonicalOf(after) };
}

function canonicalOf(value: unknown): string | null {
  return value === null || value === undefined ? null : canonicalJson(value);
}
