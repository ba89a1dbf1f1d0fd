import { useNavigate } from "@tanstack/react-router";
import { CommandPalette, type PaletteGroup, type PaletteItem } from "@vitrine/ui/command-palette";
import {
  CalendarPlus,
  Globe,
  LayoutTemplate,
  ListPlus,
  MonitorUp,
  Radio,
  ScrollText,
  ShieldCheck,
  Siren,
  Upload,
  UserRound,
  UserRoundPlus,
  UsersRound,
} from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { MoreMessages } from "../../lib/more-messages.tsx";
import { useCan } from "../../lib/session.ts";
import { useDebounced } from "../../lib/use-debounced.ts";
import { enScreen } from "../../messages/en-screen.ts";
import { NEW_ENTRY } from "../schedule/schedule-search.ts";
import { useScreenPalette } from "../screen/use-screen-palette.tsx";
import { useAppActions } from "./app-actions.tsx";
import { SECTIONS } from "./sections.ts";
import { useFound } from "./use-found.tsx";

/** Finds anything that has a name, goes anywhere, and begins the common things. */
export function Palette({ onClose }: { onClose: () => void }) {
  return (
    <MoreMessages messages={enScreen}>
      <Found onClose={onClose} />
    </MoreMessages>
  );
}

function Found({ onClose }: { onClose: () => void }) {
  const t = useTranslations("palette");
  const [query, setQuery] = useState("");
  const found = useFound(useDebounced(query.trim(), 150), onClose);
  const ofScreen = useScreenPalette(onClose);
  const commands = useCommands(onClose);
  const wanted = query.trim().toLocaleLowerCase();
  const groups: PaletteGroup[] = [
    ...found,
    ...[...ofScreen, ...commands].map((group) => ({
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
    can("assets.create") && command("stream", <Radio aria-hidden />, t("addStream"), actions.addStream),
    can("playlists.create") &&
      command("playlist", <ListPlus aria-hidden />, t("newPlaylist"), actions.createPlaylist),
    can("layouts.create") &&
      command("layout", <LayoutTemplate aria-hidden />, t("newLayout"), actions.createLayout),
    can("schedule.create") &&
      command("entry", <CalendarPlus aria-hidden />, t("newEntry"), () => {
        void navigate({ to: "/schedule", search: { entry: NEW_ENTRY } });
      }),
    can("schedule.override") && command("override", <Siren aria-hidden />, t("showNow"), actions.showNow),
    can("devices.pair") && command("pair", <MonitorUp aria-hidden />, t("pair"), () => actions.pair()),
    can("members.manage") &&
      command("invite", <UserRoundPlus aria-hidden />, t("invite"), () => {
        void navigate({ to: "/settings/people", search: { invite: true } });
      }),
  ].filter((item) => item !== false);
  const places = SECTIONS.filter((section) => can(section.permission)).map((section) =>
    command(
      section.to,
      <section.icon aria-hidden />,
      shell(section.name),
      () => void navigate({ to: section.to }),
    ),
  );
  const people = command("people", <UsersRound aria-hidden />, shell("people"), () => {
    void navigate({ to: "/settings/people" });
  });
  const own = command("account", <UserRound aria-hidden />, shell("yourAccount"), () => {
    void navigate({ to: "/settings/account" });
  });
  const audit = command("audit", <ScrollText aria-hidden />, shell("audit"), () => {
    void navigate({ to: "/settings/audit" });
  });
  const security = command("security", <ShieldCheck aria-hidden />, shell("security"), () => {
    void navigate({ to: "/settings/security" });
  });
  return [
    { key: "do", heading: t("do"), items: todo },
    {
      key: "go",
      heading: t("go"),
      items: [
        ...places,
        ...(can("members.view") ? [people] : []),
        ...(can("audit.view") ? [audit] : []),
        security,
        own,
      ],
    },
  ];
}
