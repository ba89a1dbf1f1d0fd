import type { ChangeEvent } from "@vitrine/core/model/event";

/** Changes of a screen that its manifest does not carry. */
const OUTSIDE_MANIFEST: ReadonlySet<string> = new Set(["tagged", "reported", "identity_copied"]);
/** Changes that take a screen away from its organization. */
const REVOKING: ReadonlySet<string> = new Set(["revoked", "refused"]);

/** An entry is newly for every screen. */
const EVERYWHERE = "scheduled_everywhere";

/** What a committed change means to screens of its organization. */
export type Reach =
  | { kind: "nothing" }
  /** The manifest of every screen. */
  | { kind: "all" }
  /** The manifests that were made of one of these. */
  | { kind: "made_of"; ids: readonly string[] }
  /** The manifests of these screens. */
  | { kind: "screens"; ids: readonly string[] }
  | { kind: "revoked"; ids: readonly string[] }
  /** Something waits for those of these that are screens. */
  | { kind: "commands"; ids: readonly string[] };

/** Reads a change; total over subjects. */
export function reachOf({ subject, ids, action }: ChangeEvent): Reach {
  switch (subject) {
    case "organization":
      return { kind: "all" };
    case "asset":
    case "playlist":
    case "layout":
    case "daypart":
      return { kind: "made_of", ids };
    case "entry":
      return action === EVERYWHERE ? { kind: "all" } : { kind: "made_of", ids };
    case "device":
      if (REVOKING.has(action)) return { kind: "revoked", ids };
      return OUTSIDE_MANIFEST.has(action) ? { kind: "nothing" } : { kind: "screens", ids };
    case "command":
      return action === "sent" ? { kind: "commands", ids } : { kind: "nothing" };
    // Screens that come into a group or leave it are told of by themselves.
    case "group":
    case "member":
    case "invitation":
    case "business":
    case "apiKey":
      return { kind: "nothing" };
  }
}
