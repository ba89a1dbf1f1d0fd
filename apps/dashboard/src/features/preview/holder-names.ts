import type { ManifestPreview } from "@vitrine/core/model/manifest";
import { useFormatter, useTranslations } from "use-intl";
import { timeWords } from "../../lib/time-words.ts";
import { type DayBlock, type Holder, keyOf } from "./day-blocks.ts";

/** Says in words what a block of the day is, and from when to when. */
export function useBlockWords(preview: ManifestPreview): {
  nameOf: (block: DayBlock) => string;
  timesOf: (block: DayBlock) => string;
  time: (ms: number) => string;
} {
  const t = useTranslations("moment");
  const format = useFormatter();
  const { timeZone, entries, playlists, playlistId, defaultPlaylistId } = preview.manifest;
  const entryName = (id: string) => entries.find((entry) => entry.id === id)?.name ?? t("unknown");
  const playlistName = (id: string | null) => playlists.find((one) => one.id === id)?.name ?? t("unknown");
  const holderName = (holder: Holder): string => {
    switch (holder.kind) {
      case "entry":
        return entryName(holder.entryId);
      case "override":
        return t("override", { name: entryName(holder.entryId) });
      case "screen_playlist":
        return playlistName(playlistId);
      case "organization_default":
        return t("default", { name: playlistName(defaultPlaylistId) });
    }
  };
  const list = (names: string[]) => format.list(names, { type: "conjunction" });
  const time = (ms: number) => timeWords(format, ms, timeZone);
  return {
    nameOf: ({ holders, interruptIds }) => {
      if (holders.length === 0) return t("nothing");
      const names = list(holders.map(holderName));
      return interruptIds.length === 0
        ? names
        : t("interruptedBy", { names, others: list(interruptIds.map(entryName)) });
    },
    timesOf: ({ startMs, endMs }) => t("range", { from: time(startMs), to: time(endMs) }),
    time,
  };
}

const HUES = [262, 152, 55, 330, 205, 100, 20, 290] as const;

/** How a block is drawn: entries by a hue of their own, the rest without one. */
export function lookOf(
  block: DayBlock,
  preview: ManifestPreview,
): { kind: "idle" | "plain" | "urgent" | "entry"; hues: readonly number[] } {
  const [first] = block.holders;
  if (!first) return { kind: "idle", hues: [] };
  if (first.kind === "override") return { kind: "urgent", hues: [] };
  if (first.kind !== "entry") return { kind: "plain", hues: [] };
  const ids = preview.manifest.entries.map(({ id }) => id);
  const hues = block.holders.map(
    (holder) => HUES[Math.max(0, ids.indexOf(keyOf(holder))) % HUES.length] ?? HUES[0],
  );
  return { kind: "entry", hues };
}
