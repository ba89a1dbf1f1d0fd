import { brandColours, contrastOf, mixed } from "@vitrine/core/model/brand-colours";
import { brandColor } from "@vitrine/core/model/organization";

/** Colours of a message in one scheme, each `#rrggbb`. */
export type Scheme = {
  page: string;
  card: string;
  border: string;
  text: string;
  muted: string;
  link: string;
  /** Around what is filled with the brand's colour, so that it stands out from the card. */
  edge: string;
};

/** Colours of a message. What is filled with the brand's colour looks the same in both schemes. */
export type Palette = { fill: string; onFill: string; light: Scheme; dark: Scheme };

const OURS = "#4f46e5";
/** Least contrast of what is drawn to what is behind it (WCAG 2.2, 1.4.11). */
const VISIBLE = 3;
/** From the fill to the text on it, which stands out from every card that the fill is lost on. */
const STEPS = [0, 0.2, 0.4, 0.6, 0.8, 1];

const LIGHT = {
  page: "#f4f4f5",
  card: "#ffffff",
  border: "#e4e4e7",
  text: "#18181b",
  muted: "#5d5d66",
  link: "#4338ca",
};
const DARK = {
  page: "#0b0b0d",
  card: "#1a1a1e",
  border: "#2e2e34",
  text: "#f4f4f5",
  muted: "#a1a1aa",
  link: "#a5b0ff",
};

/** The colours of a message that bears a brand's colour; anything but `#rrggbb`: ours. */
export function paletteOf(color: string | null): Palette {
  const parsed = brandColor.safeParse(color);
  const { surface: fill, text: onFill } = brandColours(parsed.success ? parsed.data : OURS);
  const edgeOn = (card: string) =>
    STEPS.map((share) => mixed(onFill, fill, share)).find((edge) => contrastOf(edge, card) >= VISIBLE) ??
    onFill;
  return {
    fill,
    onFill,
    light: { ...LIGHT, edge: edgeOn(LIGHT.card) },
    dark: { ...DARK, edge: edgeOn(DARK.card) },
  };
}
