import type { EntryView } from "@vitrine/core/model/entry";

export const SHOWN_KINDS = ["asset", "playlist", "layout"] as const;
export type ShownKind = (typeof SHOWN_KINDS)[number];
/** Something that a screen can show, as it is picked. */
export type ShownContent = {
  kind: ShownKind;
  id: string;
  name: string;
  thumbnailUrl: string | null;
  /** False once it was removed. */
  isPresent: boolean;
};

/** What an entry shows. */
export function shownContentOf({ content, shown }: Pick<EntryView, "content" | "shown">): ShownContent {
  switch (content.kind) {
    case "asset":
      return { kind: "asset", id: content.assetId, ...shown };
    case "playlist":
      return { kind: "playlist", id: content.playlistId, ...shown };
    case "layout":
      return { kind: "layout", id: content.layoutId, ...shown };
  }
}

/** The content as an entry takes it. */
export function contentInputOf({ kind, id }: Pick<ShownContent, "kind" | "id">): EntryView["content"] {
  switch (kind) {
    case "asset":
      return { kind, assetId: id };
    case "playlist":
      return { kind, playlistId: id };
    case "layout":
      return { kind, layoutId: id };
  }
}
