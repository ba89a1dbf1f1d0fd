import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { PaletteGroup } from "@vitrine/ui/command-palette";
import { Clapperboard, Layers, LayoutTemplate, type LucideIcon, MonitorPlay } from "lucide-react";
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
    name: "screens" | "groups" | "content" | "playlists" | "layouts",
    rows: readonly One[],
    iconOf: (one: One) => LucideIcon,
    go: (id: string) => unknown,
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
          go(one.id);
        },
      };
    }),
  });
  return [
    group(
      "screens",
      data.devices,
      () => MonitorPlay,
      (deviceId) => navigate({ to: "/screens/$deviceId", params: { deviceId } }),
    ),
    group(
      "groups",
      data.groups,
      () => Layers,
      (id) => navigate({ to: "/screens/groups", search: { group: id } }),
    ),
    group(
      "content",
      data.assets,
      ({ kind }) => KIND_ICONS[kind],
      (asset) => navigate({ to: "/content", search: { asset } }),
    ),
    group(
      "playlists",
      data.playlists,
      () => Clapperboard,
      (playlistId) => navigate({ to: "/playlists/$playlistId", params: { playlistId } }),
    ),
    group(
      "layouts",
      data.layouts,
      () => LayoutTemplate,
      (layoutId) => navigate({ to: "/layouts/$layoutId", params: { layoutId } }),
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
      const [devices, groups, assets, playlists, layouts] = await Promise.all([
        can("devices.view") ? api.devices.list.query(input, { signal }) : null,
        can("devices.view") ? api.groups.list.query(input, { signal }) : null,
        can("assets.view") ? api.assets.list.query(input, { signal }) : null,
        can("playlists.view") ? api.playlists.list.query(input, { signal }) : null,
        can("layouts.view") ? api.layouts.list.query(input, { signal }) : null,
      ]);
      return {
        devices: devices?.rows ?? [],
        groups: groups?.rows ?? [],
        assets: assets?.rows ?? [],
        playlists: playlists?.rows ?? [],
        layouts: layouts?.rows ?? [],
      };
    },
  });
}
