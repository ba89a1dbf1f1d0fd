import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api } from "../../lib/api-client.ts";

const REFRESH_MS = 15_000;

/** Overrides that are active now, with how far each has come; events of entries and of screens put it out of date. */
export const runningOverridesQuery = queryOptions({
  queryKey: ["overview", "overrides"],
  queryFn: async ({ signal }) => (await api.schedule.overrides.query(undefined, { signal })).rows,
  refetchInterval: REFRESH_MS,
});

/** What became of an override on each of its screens, a page at a time. */
export function receiptsQuery(id: string) {
  return infiniteQueryOptions({
    queryKey: ["overview", "receipts", id],
    queryFn: ({ pageParam, signal }) =>
      api.schedule.receipts.query({ id, cursor: pageParam, limit: 50 }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    refetchInterval: REFRESH_MS,
  });
}

export const CONTENT_KINDS = ["asset", "playlist", "layout"] as const;
export type ContentKind = (typeof CONTENT_KINDS)[number];

/** Something that can be shown. */
export type ContentChoice = {
  kind: ContentKind;
  id: string;
  name: string;
  thumbnailUrl: string | null;
  /** Of a layout: its zones, to be drawn. */
  zones: readonly { id: string; left: number; top: number; width: number; height: number }[];
};

/** Content of a kind that can be shown, by what was typed, a page at a time. */
export function contentChoicesQuery(kind: ContentKind, search: string) {
  return infiniteQueryOptions({
    queryKey: [kind, "showChoices", search],
    queryFn: async ({ pageParam: cursor, signal }) => {
      const input = { search: search || undefined, cursor, limit: 40 };
      switch (kind) {
        case "asset": {
          const { rows, nextCursor } = await api.assets.list.query({ ...input, state: "ready" }, { signal });
          const choices = rows.map(({ id, name, thumbnailUrl }) => choice(kind, id, name, { thumbnailUrl }));
          return { choices, nextCursor };
        }
        case "playlist": {
          const { rows, nextCursor } = await api.playlists.list.query({ ...input, sort: "name" }, { signal });
          const choices = rows.map(({ id, name, thumbnailUrls }) =>
            choice(kind, id, name, { thumbnailUrl: thumbnailUrls[0] ?? null }),
          );
          return { choices, nextCursor };
        }
        case "layout": {
          const { rows, nextCursor } = await api.layouts.list.query(input, { signal });
          return {
            choices: rows.map(({ id, name, zones }) => choice(kind, id, name, { zones })),
            nextCursor,
          };
        }
      }
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });
}

function choice(
  kind: ContentKind,
  id: string,
  name: string,
  picture: { thumbnailUrl?: string | null; zones?: ContentChoice["zones"] },
): ContentChoice {
  return { kind, id, name, thumbnailUrl: picture.thumbnailUrl ?? null, zones: picture.zones ?? [] };
}

/** Screens, groups and tags of screens whose names match. */
export function targetsQuery(search: string, may: { groups: boolean; devices: boolean }) {
  return queryOptions({
    queryKey: ["device", "overrideTargets", search],
    queryFn: async ({ signal }) => {
      const input = { search: search || undefined, limit: 50 };
      const [groups, devices, used] = await Promise.all([
        may.groups ? api.groups.list.query(input, { signal }) : null,
        may.devices ? api.devices.list.query({ ...input, sort: "name" }, { signal }) : null,
        may.devices ? api.devices.tags.query(undefined, { signal }) : null,
      ]);
      const wanted = search.toLowerCase();
      return {
        groups: groups?.rows ?? [],
        devices: (devices?.rows ?? []).filter((device) => device.isActive),
        tags: (used?.tags ?? []).map(({ tag }) => tag).filter((tag) => tag.includes(wanted)),
      };
    },
    placeholderData: keepPreviousData,
  });
}
