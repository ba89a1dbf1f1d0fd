/** Red, green and blue, 0 to 255. */
type Rgb = readonly [number, number, number];

/** Colours of what is drawn on an organization's own: each `#rrggbb`. */
export interface BrandColours {
  /** The organization's colour, which fills it. */
  surface: string;
  text: string;
  /** For what matters less. */
  muted: string;
  /** Whether the surface is dark, so that what lies on it is light. */
  isDark: boolean;
}

const WHITE: Rgb = [255, 255, 255];
const INK: Rgb = [11, 11, 13];
const BLACK: Rgb = [0, 0, 0];
/** Least contrast of text to what is behind it (WCAG 2.2, 1.4.3). */
export const LEAST_CONTRAST = 4.5;
const MUTED_STEPS = [0.74, 0.8, 0.86, 0.92] as const;

/**
 * Colours that can be read on a `#rrggbb`: light or dark text, whichever stands out more, and a softer one as far as
 * that can be read too. One of black and white is at 4.5 to 1 or more on every colour.
 */
export function brandColours(surface: string): BrandColours {
  const ground = parse(surface);
  const isDark = contrast(ground, WHITE) >= contrast(ground, BLACK);
  const dark = contrast(ground, INK) >= LEAST_CONTRAST ? INK : BLACK;
  const text = isDark ? WHITE : dark;
  const softer = MUTED_STEPS.map((share) => mix(text, ground, share));
  const muted = softer.find((colour) => contrast(ground, colour) >= LEAST_CONTRAST) ?? text;
  return { surface, text: toHex(text), muted: toHex(muted), isDark };
}

/** Colours of controls in one scheme, each `#rrggbb`. */
export interface AccentColours {
  /** Fills what is pressed. */
  accent: string;
  hover: string;
  /** Text on what is filled with either. */
  onAccent: string;
  /** Fills what is chosen, behind `text`. */
  soft: string;
  /** Links and what is chosen, on surfaces and on `soft`. */
  text: string;
}

/** Least contrast of what is drawn to what is behind it (WCAG 2.2, 1.4.11). */
export const LEAST_VISIBLE = 3;
const STEPS = Array.from({ length: 21 }, (_, step) => 1 - step / 20);
/** Surfaces of the dashboard, those that are nearest to a colour of controls last, and what to go to from a colour. */
const SCHEMES = {
  light: { surface: "#fafafa", hardest: "#f1f1f3", away: "#18181b", softly: 0.1 },
  dark: { surface: "#141417", hardest: "#212126", away: "#f4f4f5", softly: 0.22 },
} as const;

/**
 * Colours of controls made of a `#rrggbb`, by scheme: as near to it as can be seen on every surface and read. A colour
 * that is lost on a surface goes towards that surface's text until it is not.
 */
export function accentColours(color: string): Record<keyof typeof SCHEMES, AccentColours> {
  const of = ({ surface, hardest, away, softly }: (typeof SCHEMES)[keyof typeof SCHEMES]): AccentColours => {
    const until = (isGood: (one: string) => boolean) =>
      STEPS.map((share) => mixed(color, away, share)).find(isGood) ?? away;
    const accent = until((one) => contrastOf(one, hardest) >= LEAST_VISIBLE);
    const { text: onAccent, isDark } = brandColours(accent);
    const hover = mixed(accent, isDark ? "#000000" : "#ffffff", 0.88);
    const soft = mixed(color, surface, softly);
    const isRead = (one: string) =>
      [hardest, soft].every((ground) => contrastOf(one, ground) >= LEAST_CONTRAST);
    return { accent, hover, onAccent, soft, text: until(isRead) };
  };
  return { light: of(SCHEMES.light), dark: of(SCHEMES.dark) };
}

/** WCAG 2.2 contrast of two `#rrggbb`, whichever comes first: 1 for the same, 21 for black on white. */
export function contrastOf(one: string, other: string): number {
  return contrast(parse(one), parse(other));
}

/** Two `#rrggbb` mixed: of `one` the share, 0 to 1, of `other` the rest. */
export function mixed(one: string, other: string, share: number): string {
  return toHex(mix(parse(one), parse(other), share));
}

function contrast(one: Rgb, other: Rgb): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((first, second) => second - first);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

/** WCAG 2.2, relative luminance. */
function luminance([red, green, blue]: Rgb): number {
  const linear = (channel: number) => {
    const part = channel / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

function mix(one: Rgb, other: Rgb, share: number): Rgb {
  const at = (channel: 0 | 1 | 2) => Math.round(one[channel] * share + other[channel] * (1 - share));
  return [at(0), at(1), at(2)];
}

function parse(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

function toHex(colour: Rgb): string {
  return `#${colour.map((channel) => channel.toString(16).padStart(2, "0")).join("")}`;
}
