import type { MediaType } from "../platform/media-types.ts";

/** What a file is by its first bytes. */
export type Sniffed = { kind: "image"; format: ImageFormat } | { kind: "video"; format: VideoFormat };
export type ImageFormat = "jpeg" | "png" | "webp" | "avif" | "gif" | "svg";
export type VideoFormat = "mp4" | "webm";

export const MEDIA_TYPE_OF = {
  jpeg: "image/jpeg",
  png: "image/png",
  webp: "image/webp",
  avif: "image/avif",
  gif: "image/gif",
  mp4: "video/mp4",
  webm: "video/webm",
} as const satisfies Record<Exclude<ImageFormat, "svg"> | VideoFormat, MediaType>;

/** How many of a file's first bytes the decision needs. */
export const SNIFFED_BYTES = 4096;

const image = (format: ImageFormat): Sniffed => ({ kind: "image", format });
const video = (format: VideoFormat): Sniffed => ({ kind: "video", format });

/** Tells what a file is by its first bytes alone, never by its name; undefined for what we do not take. */
export function sniffMedia(head: Buffer): Sniffed | undefined {
  if (head.length === 0) return undefined;
  const starts = (hex: string, at = 0) =>
    head.subarray(at, at + hex.length / 2).equals(Buffer.from(hex, "hex"));
  if (starts("ffd8ff")) return image("jpeg");
  if (starts("89504e470d0a1a0a")) return image("png");
  if (starts("474946383761") || starts("474946383961")) return image("gif");
  if (starts("52494646") && starts("57454250", 8)) return image("webp");
  if (starts("66747970", 4)) return sniffBrands(head);
  if (starts("1a45dfa3")) return head.includes(WEBM_DOC_TYPE) ? video("webm") : undefined;
  return isSvg(head) ? image("svg") : undefined;
}

/** EBML DocType (0x4282), length 4, "webm". */
const WEBM_DOC_TYPE = Buffer.from("4282847765626d", "hex");

const VIDEO_BRANDS =
  /^(iso[m0-9]|mp4[12]|avc1|av01|M4V[ HP]?|M4VH|M4VP|dash|msdh|msix|f4v |MSNV|3gp[4-9]|mmp4)/;

/** The brands of an ISO base media file: its major one, then those it is compatible with. */
function sniffBrands(head: Buffer): Sniffed | undefined {
  const length = Math.min(head.readUInt32BE(0), head.length, 256);
  const brands: string[] = [];
  for (let at = 8; at + 4 <= length; at += 4) if (at !== 12) brands.push(head.toString("latin1", at, at + 4));
  const [major = ""] = brands;
  if (brands.includes("avif") || brands.includes("avis")) return image("avif");
  if (/^(hei|hev|mif1|msf1|qt )/.test(major)) return undefined;
  return brands.some((brand) => VIDEO_BRANDS.test(brand)) ? video("mp4") : undefined;
}

/** What may come before the first element. Taken one at a time: one expression for all of it would try every way to split it. */
const BEFORE_ELEMENT = [
  /\s+/y,
  /<\?[^>]*>/y,
  /<!--[\s\S]*?-->/y,
  /<!DOCTYPE\s+svg[^>[]*(?:\[[^\]]*\][^>]*)?>/y,
];
const SVG_ELEMENT = /<(?:\w+:)?svg[\s>/]/y;

/** Whether the first element of the text is `svg`, after a declaration, comments and a document type. */
function isSvg(head: Buffer): boolean {
  const text = head.toString("utf8").replace(/^\uFEFF/, "");
  let at = 0;
  for (
    let next = at;
    next >= 0;
    next = BEFORE_ELEMENT.reduce((end, part) => Math.max(end, endOf(part, text, at)), -1)
  )
    at = next;
  return endOf(SVG_ELEMENT, text, at) >= 0;
}

/** Where a match of a sticky expression that begins at `at` ends; -1 without one. */
function endOf(expression: RegExp, text: string, at: number): number {
  expression.lastIndex = at;
  return expression.test(text) ? expression.lastIndex : -1;
}
