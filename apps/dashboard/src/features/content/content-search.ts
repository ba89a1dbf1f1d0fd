import type { AssetKind } from "@vitrine/core/model/asset";
import { businessIn, oneOf, text, uuid } from "../../lib/search-params.ts";

export const ASSET_SORTS = ["newest", "oldest", "name", "largest"] as const;
export const ASSET_KINDS = ["image", "video", "web", "stream"] as const satisfies readonly AssetKind[];
export const ASSET_STATES = ["ready", "processing", "pending", "failed"] as const;

/** What the address of the content page says. What is not there is the usual: everything, newest first, as a grid. */
export type ContentSearch = {
  q?: string;
  kind?: AssetKind;
  state?: (typeof ASSET_STATES)[number];
  tag?: string;
  business?: string;
  sort?: (typeof ASSET_SORTS)[number];
  view?: "list";
  removed?: true;
  /** The asset whose details are open. */
  asset?: string;
};

/** Reads the address; what it does not understand is left out. */
export function readContentSearch(search: Record<string, unknown>): ContentSearch {
  const q = text(search.q);
  const kind = oneOf(ASSET_KINDS, search.kind);
  const state = oneOf(ASSET_STATES, search.state);
  const tag = text(search.tag, 50)?.toLowerCase();
  const business = businessIn(search);
  const sort = oneOf(ASSET_SORTS, search.sort);
  const asset = uuid(search.asset);
  return {
    ...(q ? { q } : {}),
    ...(kind ? { kind } : {}),
    ...(state ? { state } : {}),
    ...(tag ? { tag } : {}),
    ...(business ? { business } : {}),
    ...(sort && sort !== "newest" ? { sort } : {}),
    ...(search.view === "list" ? { view: "list" } : {}),
    ...(search.removed === true ? { removed: true } : {}),
    ...(asset ? { asset } : {}),
  };
}

/** What narrows and orders a list of assets; the server's input without its page. */
export type AssetFilter = {
  search?: string | undefined;
  kind?: ContentSearch["kind"] | undefined;
  state?: ContentSearch["state"] | undefined;
  tag?: string | undefined;
  businessId?: string | undefined;
  removed: boolean;
  sort: (typeof ASSET_SORTS)[number];
};

/** The part of the address that narrows the list, as the server's input. */
export function filterOf(search: ContentSearch): AssetFilter {
  return {
    search: search.q,
    kind: search.kind,
    state: search.state,
    tag: search.tag,
    businessId: search.business,
    removed: search.removed ?? false,
    sort: search.sort ?? "newest",
  };
}

/** Whether the list is narrowed at all; an empty one then means something else. */
export function isNarrowed(search: ContentSearch): boolean {
  return Boolean(search.q ?? search.kind ?? search.state ?? search.tag ?? search.business);
}
