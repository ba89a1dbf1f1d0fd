import type { Manifest } from "@vitrine/core/model/manifest";
import { type Explanation, explain } from "@vitrine/core/schedule";
import { MAIN_ZONE } from "../../shared/messages.ts";
import { contentOf, type PlannedSlot } from "./plan.ts";

/**
 * Tells of items on the glass whether `next` has them as they were in `former`, same content and same duration, and
 * they are still a part of what has the screen, or their zone, at an instant: only then may they end before `next`
 * takes effect. What has the screen is worked out once, and only if it is asked for.
 */
export function createKeptCheck(
  former: Manifest,
  next: Manifest,
  nowMs: number,
): (planned: Pick<PlannedSlot, "actId" | "zoneId" | "content">) => boolean {
  let explanation: Explanation | undefined;
  return ({ actId, zoneId, content }) => {
    const before = findItem(former, content);
    const after = findItem(next, content);
    if (!before || !after) return false;
    if (before.durationMs !== after.durationMs) return false;
    if (contentOf(before.asset) !== contentOf(after.asset)) return false;
    explanation ??= explain(next, nowMs);
    if (actId === MAIN_ZONE) return hasTrack(next, explanation, content);
    const { layoutEntryId } = content;
    if (layoutEntryId === null || !hasScreen(explanation, layoutEntryId)) return false;
    return hasZone(next, explanation, { actId, zoneId, content });
  };
}

type Content = PlannedSlot["content"];

function hasTrack(manifest: Manifest, explanation: Explanation, { entryId, playlistId }: Content): boolean {
  if (entryId !== null) return hasScreen(explanation, entryId);
  const { rule } = explanation;
  if (rule === "screen_playlist") return leadsTo(manifest, manifest.playlistId, playlistId);
  return rule === "organization_default" && leadsTo(manifest, manifest.defaultPlaylistId, playlistId);
}

function hasScreen({ entries }: Explanation, entryId: string): boolean {
  const verdict = entries.find((entry) => entry.entryId === entryId)?.verdict;
  return verdict === "wins" || verdict === "shares" || verdict === "interrupts";
}

/** The override of the zone that wins, else the playlist of the zone itself. */
function hasZone(
  { layouts, entries, ...manifest }: Manifest,
  explanation: Explanation,
  { actId, zoneId, content }: Pick<PlannedSlot, "actId" | "zoneId" | "content">,
): boolean {
  const zone = layouts.find(({ id }) => id === actId)?.zones.find(({ id }) => id === zoneId);
  if (!zone) return false;
  const takers = explanation.entries.filter(
    ({ entryId, verdict }) =>
      verdict === "takes_zone" && entries.find(({ id }) => id === entryId)?.zoneName === zone.name,
  );
  const winner = takers.findLast(({ priority }) => priority === takers[0]?.priority);
  if (winner || content.entryId !== null) return winner?.entryId === content.entryId;
  return leadsTo(manifest, zone.playlistId, content.playlistId);
}

function findItem({ playlists, entries, assets }: Manifest, { playlistId, itemId }: PlannedSlot["content"]) {
  const item = playlists.find(({ id }) => id === playlistId)?.items.find(({ id }) => id === itemId);
  const entry = playlistId === null ? entries.find(({ id }) => id === itemId) : undefined;
  const assetId = item?.assetId ?? (entry?.content.kind === "asset" ? entry.content.assetId : undefined);
  const asset = assets.find(({ id }) => id === assetId);
  return asset && { durationMs: item?.durationMs ?? asset.durationMs, asset };
}

/** Whether a playlist is another, or holds it at any depth. */
function leadsTo(
  { playlists }: Pick<Manifest, "playlists">,
  fromId: string | null,
  toId: string | null,
): boolean {
  const seen = new Set<string | null>();
  const waiting = [fromId];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (id === toId) return id !== null;
    if (seen.has(id)) continue;
    seen.add(id);
    const items = playlists.find((one) => one.id === id)?.items ?? [];
    waiting.push(...items.map(({ playlistId }) => playlistId).filter((one) => one !== null));
  }
  return false;
}
