import type { Anchor } from "@vitrine/core/audit/verify-chain";
import type { Mac } from "../platform/mac.ts";
import { type AnchorsRead, readAnchors } from "./anchor-file.ts";

/** The anchors of one organization, by sequence, and the file's first bad line. */
export async function anchorsOf(
  path: string,
  mac: Mac,
  organizationId: string,
): Promise<AnchorsRead & { anchors: Anchor[] }> {
  const anchors: Anchor[] = [];
  const { badLine } = await readAnchors(path, mac, ({ organizationId: of, ...head }) => {
    if (of === organizationId) anchors.push(head);
  });
  return { badLine, anchors: anchors.sort(bySequence) };
}

/** The anchors of every organization, by sequence, and the file's first bad line. Memory grows with the anchors. */
export async function anchorsOfAll(
  path: string,
  mac: Mac,
): Promise<AnchorsRead & { anchors: Map<string, Anchor[]> }> {
  const anchors = new Map<string, Anchor[]>();
  const { badLine } = await readAnchors(path, mac, ({ organizationId, ...head }) => {
    const own = anchors.get(organizationId);
    if (own) own.push(head);
    else anchors.set(organizationId, [head]);
  });
  for (const own of anchors.values()) own.sort(bySequence);
  return { badLine, anchors };
}

function bySequence(one: Anchor, other: Anchor): number {
  return one.sequence - other.sequence;
}
