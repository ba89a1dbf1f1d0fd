import type { ContentChoice } from "./override-queries.ts";

export const TARGET_KINDS = ["devices", "groups", "tags"] as const;
export type TargetKind = (typeof TARGET_KINDS)[number];
/** A screen, a group, or a tag, whose id is the tag itself. */
export type Target = { kind: TargetKind; id: string; name: string };

/** Names a target: two with the same key are the same. */
export function targetKey({ kind, id }: Target): string {
  return `${kind} ${id}`;
}

/** The targets as an override takes them; null: everywhere. */
export function targetsOf(targets: readonly Target[] | null): {
  isEverywhere: boolean;
  deviceIds: string[];
  groupIds: string[];
  tags: string[];
} {
  const ids = (kind: TargetKind) => (targets ?? []).filter((one) => one.kind === kind).map(({ id }) => id);
  return {
    isEverywhere: targets === null,
    deviceIds: ids("devices"),
    groupIds: ids("groups"),
    tags: ids("tags"),
  };
}

/** The content as an override takes it. */
export function contentOf({ kind, id }: ContentChoice) {
  switch (kind) {
    case "asset":
      return { kind, assetId: id };
    case "playlist":
      return { kind, playlistId: id };
    case "layout":
      return { kind, layoutId: id };
  }
}
