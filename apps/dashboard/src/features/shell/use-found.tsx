import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { PaletteGroup } from "@vitrine/ui/command-palette";
import { Clapperboard, Layers, LayoutTemplate, type LucideIcon, MonitorPlay, UserRound } from "lucide-react";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { useCan } from "../../lib/session.ts";
import { KIND_ICONS } from "../content/asset-kind.tsx";

const SHOWN = 6;

type Found = { id: string; name: string };

/** What has these words in its name, by section; nothing while there are none. Each leads to its own page. */
export function useFound(search: string, onClose: () => void): PaletteGroup[] {
  const shell = useTranslations("shell");
  const navigate = useNavigate();
  const { data } = useNamed(search);
  if (search === "" || !data) return [];
  const group = <One extends Found>(
    name: "screens" | "groups" | "content" | "playlists" | "layouts" | "people",
    rows: readonly One[],
    iconOf: (one: One) => LucideIcon,
    go: (one: One) => unknown,
  ): PaletteGroup => ({
    key: name,
    heading: shell(name),
    items: rows.map((one) => {
      const Icon = iconOf(one);
      return {
        key: one.id,
        icon: <Icon aria-hidden />,
        label: one.name,
        onSelect: () => {
          onClose();
          go(one);
        },
      };
    }),
  });
  return [
    group(
      "screens",
      data.devices,
      () => MonitorPlay,
      ({ id }) => navigate({ to: "/screens/$deviceId", params: { deviceId: id } }),
    ),
    group(
      "groups",
      data.groups,
      () => Layers,
      ({ id }) => navigate({ to: "/screens/groups", search: { group: id } }),
    ),
    group(
      "content",
      data.assets,
      ({ kind }) => KIND_ICONS[kind],
      ({ id }) => navigate({ to: "/content", search: { asset: id } }),
    ),
    group(
      "playlists",
      data.playlists,
      () => Clapperboard,
      ({ id }) => navigate({ to: "/playlists/$playlistId", params: { playlistId: id } }),
    ),
    group(
      "layouts",
      data.layouts,
      () => LayoutTemplate,
      ({ id }) => navigate({ to: "/layouts/$layoutId", params: { layoutId: id } }),
    ),
    group(
      "people",
      data.people,
      () => UserRound,
      ({ email }) => navigate({ to: "/settings/people", search: { q: email } }),
    ),
  ];
}

function useNamed(search: string) {
  const can = useCan();
  return useQuery({
    queryKey: ["device", "named", search],
    enabled: search !== "",
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const input = { search, limit: SHOWN };
      const [devices, groups, assets, playlists, layouts, members] = await Promise.all([
        can("devices.view") ? api.devices.list.query(input, { signal }) : null,
        can("devices.view") ? api.groups.list.query(input, { signal }) : null,
        can("assets.view") ? api.assets.list.query(input, { signal }) : null,
        can("playlists.view") ? api.playlists.list.query(input, { signal }) : null,
        can("layouts.view") ? api.layouts.list.query(input, { signal }) : null,
        can("members.view") ? api.members.list.query(input, { signal }) : null,
      ]);
      return {
        devices: devices?.rows ?? [],
        groups: groups?.rows ?? [],
        assets: assets?.rows ?? [],
        playlists: playlists?.rows ?? [],
        layouts: layouts?.rows ?? [],
        people: members?.rows.map(({ userId, name, email }) => ({ id: userId, name, email })) ?? [],
      };
    },
  });
}
