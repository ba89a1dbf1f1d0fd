import { Layers, MonitorPlay, Tag } from "lucide-react";

/** The sign of each kind of target. */
export const TARGET_ICONS = { groups: Layers, tags: Tag, devices: MonitorPlay };
