import type { AssetKind } from "@vitrine/core/model/asset";
import { Film, Globe, Image, type LucideIcon, Radio } from "lucide-react";

/** The sign of each kind of content. */
export const KIND_ICONS: Record<AssetKind, LucideIcon> = {
  image: Image,
  video: Film,
  web: Globe,
  stream: Radio,
};
