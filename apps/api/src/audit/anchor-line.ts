import { hash } from "node:crypto";
import { instant, sha256 } from "@vitrine/core/model/ids";
import * as z from "zod";
import type { Mac } from "../platform/mac.ts";

/** A head of an organization's chain as it was at an instant. */
export const anchoredHead = z.strictObject({
  organizationId: z.uuid(),
  sequence: z.int().min(1),
  hash: sha256,
  at: instant,
});
export type AnchoredHead = z.infer<typeof anchoredHead>;

const anchorLine = anchoredHead.extend({ mac: z.string() });

/** What the first line of the file follows. */
export const NO_LINE = "";

/** A line of the file of anchors: the head, and a MAC over it and the whole line before it. */
export function writeAnchorLine(mac: Mac, former: string, head: AnchoredHead): string {
  return JSON.stringify({ ...anchoredHead.parse(head), mac: mac.sign(PURPOSE, sealed(former, head)) });
}

/** The head of a line; undefined for one that this server did not write behind that former line. */
export function readAnchorLine(mac: Mac, former: string, line: string): AnchoredHead | undefined {
  const parsed = anchorLine.safeParse(parseJson(line));
  if (!parsed.success) return undefined;
  const { mac: given, ...head } = parsed.data;
  return mac.verify(PURPOSE, sealed(former, head), given) ? head : undefined;
}

const PURPOSE = "audit-anchor";

function sealed(former: string, { organizationId, sequence, hash: head, at }: AnchoredHead): string {
  return [hash("sha256", former, "hex"), organizationId, sequence, head, at].join(" ");
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
