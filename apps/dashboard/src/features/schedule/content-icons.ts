import { Clapperboard, Image, LayoutTemplate } from "lucide-react";

/** The sign of each kind of content that an entry can show. */
export const CONTENT_ICONS = { asset: Image, playlist: Clapperboard, layout: LayoutTemplate };
