import { createHash } from "node:crypto";
import type { LinkKind } from "@vitrine/core/model/asset";
import sharp from "sharp";
import { THUMBNAIL_SIDE, writeThumbnail } from "./thumbnail.ts";

const HEIGHT = 360;
/** A globe, and waves from a mast. */
const SYMBOLS: Record<LinkKind, string> = {
  web: `<circle cx="320" cy="130" r="46"/>
    <path d="M274 130h92M320 84c34 28 34 64 0 92M320 84c-34 28-34 64 0 92"/>`,
  stream: `<circle cx="320" cy="130" r="10"/>
    <path d="M298 152a31 31 0 0 1 0-44M342 108a31 31 0 0 1 0 44M281 169a55 55 0 0 1 0-78M359 91a55 55 0 0 1 0 78"/>`,
};

/** Draws the thumbnail of a web page or stream: its host's name on a colour of its own. Nothing is fetched. */
export async function drawCard(
  { shows, url }: { shows: LinkKind; url: string },
  outputDir: string,
): Promise<void> {
  const host = new URL(url).hostname.replace(/^www\./, "");
  const hue = createHash("sha256").update(host).digest().readUInt16BE(0) % 360;
  const shown = host.length > 34 ? `${host.slice(0, 33)}…` : host;
  const size = Math.min(52, Math.floor(1000 / Math.max(8, shown.length)));
  await writeThumbnail(
    sharp(
      Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${THUMBNAIL_SIDE}" height="${HEIGHT}">
  <rect width="100%" height="100%" fill="hsl(${hue}, 45%, 30%)"/>
  <g fill="none" stroke="hsl(${hue}, 60%, 82%)" stroke-width="5">${SYMBOLS[shows]}</g>
  <text x="320" y="262" text-anchor="middle" font-family="sans-serif" font-size="${size}" font-weight="600"
    fill="#ffffff">${escapeXml(shown)}</text>
</svg>`),
    ),
    outputDir,
  );
}

function escapeXml(text: string): string {
  return text.replace(/[<>&"']/g, (one) => `&#${one.charCodeAt(0)};`);
}
