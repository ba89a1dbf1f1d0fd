import { contrastOf } from "@vitrine/core/model/brand-colours";

const LIGHT = "#ffffff";
const DARK = "#0b0b0d";
/** WCAG 2.2, 1.4.11: contrast of graphics. */
const VISIBLE = 3;
const SAMPLE_PIXELS = 48;
/** Less of it being transparent than this, it brings its own ground. */
const LEAST_TRANSPARENT = 0.05;

/**
 * What a logo has to lie on so that it can be seen on a surface: nothing, when it stands out by itself or has a
 * ground of its own, else a light or a dark plate. A light one where the picture cannot be looked into.
 */
export function choosePlate(logo: HTMLImageElement, surface: string): "light" | "dark" | undefined {
  const ink = meanInk(logo);
  if (ink === "opaque") return undefined;
  if (ink === "unknown") return "light";
  if (contrastOf(ink, surface) >= VISIBLE) return undefined;
  return contrastOf(ink, LIGHT) >= contrastOf(ink, DARK) ? "light" : "dark";
}

/** The mean colour of what is not transparent. */
function meanInk(logo: HTMLImageElement): string {
  const canvas = document.createElement("canvas");
  canvas.width = SAMPLE_PIXELS;
  canvas.height = SAMPLE_PIXELS;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (context === null) return "unknown";
  const sum: [number, number, number] = [0, 0, 0];
  let ink = 0;
  try {
    context.drawImage(logo, 0, 0, SAMPLE_PIXELS, SAMPLE_PIXELS);
    const { data } = context.getImageData(0, 0, SAMPLE_PIXELS, SAMPLE_PIXELS);
    for (let at = 0; at < data.length; at += 4) {
      const alpha = (data[at + 3] ?? 0) / 255;
      ink += alpha;
      for (const channel of [0, 1, 2] as const) sum[channel] += alpha * (data[at + channel] ?? 0);
    }
  } catch {
    // A picture of another origin, as in a preview, cannot be read.
    return "unknown";
  }
  if (ink > (1 - LEAST_TRANSPARENT) * SAMPLE_PIXELS ** 2 || ink === 0) return "opaque";
  return `#${sum
    .map((channel) =>
      Math.round(channel / ink)
        .toString(16)
        .padStart(2, "0"),
    )
    .join("")}`;
}
