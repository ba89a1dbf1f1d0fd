import type { LucideIcon } from "lucide-react";
import {
  CalendarDays,
  Clapperboard,
  Images,
  LayoutDashboard,
  LayoutTemplate,
  MonitorPlay,
  Settings,
} from "lucide-react";

/** The sections of the dashboard, in the order of the rail. */
export const SECTIONS = [
  { to: "/", name: "overview", icon: LayoutDashboard, permission: "organization.view" },
  { to: "/screens", name: "screens", icon: MonitorPlay, permission: "devices.view" },
  { to: "/content", name: "content", icon: Images, permission: "assets.view" },
  { to: "/playlists", name: "playlists", icon: Clapperboard, permission: "playlists.view" },
  { to: "/schedule", name: "schedule", icon: CalendarDays, permission: "schedule.view" },
  { to: "/layouts", name: "layouts", icon: LayoutTemplate, permission: "layouts.view" },
  { to: "/settings", name: "settings", icon: Settings, permission: "organization.view" },
] as const satisfies readonly { to: string; name: string; icon: LucideIcon; permission: string }[];

/** How many of them a narrow window has at hand; the rest are one press further. */
export const SECTIONS_AT_HAND = 5;
