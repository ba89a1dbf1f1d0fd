import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { CommandPalette, type PaletteGroup, type PaletteItem } from "@vitrine/ui/command-palette";
import {
  Clapperboard,
  Film,
  Globe,
  Image,
  ListPlus,
  MonitorPlay,
  MonitorUp,
  Upload,
  UserRound,
} from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { useCan } from "../../lib/session.ts";
import { useDebounced } from "../../lib/use-debounced.ts";
import { useAppActions } from "./app-actions.tsx";
import { SECTIONS } from "./sections.ts";

const KIND_ICONS = { image: Image, video: Film, web: Globe };
const SHOWN = 6;

/** Finds screens, content and playlists by name, goes anywhere, and begins the common things. */
export function Palette({ onClose }: { onClose: () => void }) {
  const t = useTranslations("palette");
  const [query, setQuery] = useState("");
  const found = useFound(useDebounced(query.trim(), 150), onClose);
  const commands = useCommands(onClose);
  const wanted = query.trim().toLocaleLowerCase();
  const groups: PaletteGroup[] = [
    ...found,
    ...commands.map((group) => ({
      ...group,
      items: group.items.filter((item) => item.label.toLocaleLowerCase().includes(wanted)),
    })),
  ];
  return (
    <CommandPalette
      isOpen
      onClose={onClose}
      label={t("title")}
      placeholder={t("placeholder")}
      query={query}
      onQuery={setQuery}
      groups={groups}
      emptyText={t("nothing")}
    />
  );
}

function useCommands(onClose: () => void): PaletteGroup[] {
  const t = useTranslations("palette");
  const shell = useTranslations("shell");
  const can = useCan();
  const navigate = useNavigate();
  const actions = useAppActions();
  const command = (key: string, icon: PaletteItem["icon"], label: string, act: () => void): PaletteItem => ({
    key,
    icon,
    label,
    onSelect: () => {
      onClose();
      act();
    },
  });
  const todo = [
    can("assets.create") && command("add", <Upload aria-hidden />, t("addContent"), actions.addContent),
    can("assets.create") &&
      command("web", <Globe aria-hidden />, t("addWebPage"), () => actions.addWebPage()),
    can("playlists.create") &&
      command("playlist", <ListPlus aria-hidden />, t("newPlaylist"), actions.createPlaylist),
    can("devices.pair") && command("pair", <MonitorUp aria-hidden />, t("pair"), () => actions.pair()),
  ].filter((item) => item !== false);
  const places = SECTIONS.filter((section) => can(section.permission)).map((section) =>
    command(
      section.to,
      <section.icon aria-hidden />,
      shell(section.name),
      () => void navigate({ to: section.to }),
    ),
  );
  const own = command("account", <UserRound aria-hidden />, shell("yourAccount"), () => {
    void navigate({ to: "/settings/account" });
  });
  return [
    { key: "do", heading: t("do"), items: todo },
    { key: "go", heading: t("go"), items: [...places, own] },
  ];
}

function useFound(search: string, onClose: () => void): PaletteGroup[] {
  const shell = useTranslations("shell");
  const can = useCan();
  const navigate = useNavigate();
  const found = useQuery({
    queryKey: ["device", "asset-and-playlist-search", search],
    enabled: search !== "",
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const input = { search, limit: SHOWN };
      const [devices, assets, playlists] = await Promise.all([
        can("devices.view") ? api.devices.list.query(input, { signal }) : null,
        can("assets.view") ? api.assets.list.query(input, { signal }) : null,
        can("playlists.view") ? api.playlists.list.query(input, { signal }) : null,
      ]);
      return { devices: devices?.rows ?? [], assets: assets?.rows ?? [], playlists: playlists?.rows ?? [] };
    },
  });
  if (search === "" || !found.data) return [];
  const go = (act: () => unknown) => () => {
    onClose();
    act();
  };
  return [
    {
      key: "screens",
      heading: shell("screens"),
      items: found.data.devices.map((device) => ({
        key: device.id,
        icon: <MonitorPlay aria-hidden />,
        label: device.name,
        onSelect: go(() => navigate({ to: "/screens/$deviceId", params: { deviceId: device.id } })),
      })),
    },
    {
      key: "content",
      heading: shell("content"),
      items: found.data.assets.map((asset) => {
        const Icon = KIND_ICONS[asset.kind];
        return {
          key: asset.id,
          icon: <Icon aria-hidden />,
          label: asset.name,
          onSelect: go(() => navigate({ to: "/content", search: { asset: asset.id } })),
        };
      }),
    },
    {
      key: "playlists",
      heading: shell("playlists"),
      items: found.data.playlists.map((playlist) => ({
        key: playlist.id,
        icon: <Clapperboard aria-hidden />,
        label: playlist.name,
        onSelect: go(() => navigate({ to: "/playlists/$playlistId", params: { playlistId: playlist.id } })),
      })),
    },
  ];
}
