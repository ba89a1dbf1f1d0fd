import { deflateSync, gzipSync } from "node:zlib";
import { pngBomb, pngChunk } from "../../media/testing/make-pictures.ts";
import { type Bases, type HostileFile, MARKER } from "../hostile-files.ts";
import { inPngChunk } from "./polyglots.ts";

/** Small files that claim, or unfold to, far more than they are. */
export async function bombs(bases: Bases): Promise<HostileFile[]> {
  const zeros = deflateSync(Buffer.alloc(200_000_000), { level: 9 });
  const named = Buffer.from(`${MARKER}\0\0`);
  const files: [string, string, Buffer][] = [
    ...[7072, 20_000, 65_535, 1_000_000, 0x7fffffff].map(
      (side) => [`a PNG of ${side} pixels a side`, "png", pngBomb(side)] as [string, string, Buffer],
    ),
    ["a PNG whose pixels unfold to 200 MB", "png", pngOf(1000, 1000, zeros)],
    [
      "a PNG with a profile that unfolds",
      "png",
      inPngChunk(bases.png, "iCCP", Buffer.concat([named, zeros])),
    ],
    ["a PNG with a text that unfolds", "png", inPngChunk(bases.png, "zTXt", Buffer.concat([named, zeros]))],
    ["a PNG of 20,000 empty parts", "png", withParts(bases.png, 20_000)],
    ["a PNG of a size of nothing", "png", pngOf(0, 0, deflateSync(Buffer.alloc(0)))],
    ...[40_000, 65_535].map(
      (side) =>
        [`a JPEG that claims ${side} pixels a side`, "jpg", jpegOf(bases.jpg, side)] as [
          string,
          string,
          Buffer,
        ],
    ),
    ["a GIF that claims 65,535 pixels a side", "gif", gifOf(bases.gif, 65_535)],
    ["a GIF of 30,000 frames", "gif", gifFrames(30_000)],
    ["a GIF of 2,000 frames of 10,000 pixels a side", "gif", gifFrames(2000, 10_000)],
    ["a drawing of a million pixels a side", "svg", svg('width="1000000" height="1000000"', "")],
    ["a drawing of 1e300 pixels", "svg", svg('width="1e300" height="1e300"', "")],
    ["a drawing thin as a hair", "svg", svg('width="1000000" height="0.0001"', "")],
    ["a drawing of a negative size", "svg", svg('width="-9" height="-9"', "")],
    [
      "a drawing 20,000 deep",
      "svg",
      svg('width="9" height="9"', `${"<g>".repeat(20_000)}${"</g>".repeat(20_000)}`),
    ],
    [
      "a drawing of 100,000 parts",
      "svg",
      svg('width="9" height="9"', '<rect width="9" height="9"/>'.repeat(100_000)),
    ],
    [
      "a drawing of one path of 2 MB",
      "svg",
      svg('width="9" height="9"', `<path d="M0 0${" l1 1".repeat(500_000)}"/>`),
    ],
    ["a drawing blurred without end", "svg", svg('width="9" height="9"', BLUR)],
    ["a drawing that unfolds", "svgz", gzipSync(Buffer.alloc(100_000_000, " "))],
    ["an MP4 whose box is larger than all", "mp4", withLength(bases.mp4, 0x7fffffff)],
    ["an MP4 whose box has no end", "mp4", withLength(bases.mp4, 0)],
    ["an MP4 whose box is smaller than its head", "mp4", withLength(bases.mp4, 1)],
    ["an MP4 of 20,000 boxes within boxes", "mp4", boxesWithin(20_000)],
    [
      "a WebM whose parts never end",
      "webm",
      Buffer.concat([bases.webm.subarray(0, 60), Buffer.alloc(4000, 0xff)]),
    ],
  ];
  return files.map(([trick, extension, bytes], at) => ({
    kind: "bomb",
    trick,
    filename: `bomb-${at}.${extension}`,
    bytes,
  }));
}

const BLUR = `<filter id="f"><feGaussianBlur stdDeviation="1e9"/><feTurbulence baseFrequency="1e-9" numOctaves="1000000"/></filter><rect width="9" height="9" filter="url(#f)"/>`;

function svg(size: string, body: string): Buffer {
  return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" ${size}>${body}</svg>`);
}

function pngOf(width: number, height: number, pixels: Buffer): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const chunks = [pngChunk("IHDR", header), pngChunk("IDAT", pixels), pngChunk("IEND", Buffer.alloc(0))];
  return Buffer.concat([Buffer.from("89504e470d0a1a0a", "hex"), ...chunks]);
}

function withParts(png: Buffer, count: number): Buffer {
  const part = pngChunk("teXt", Buffer.alloc(0));
  return Buffer.concat([png.subarray(0, 33), ...Array.from({ length: count }, () => part), png.subarray(33)]);
}

/** The frame header of a JPEG, with other sides. */
function jpegOf(jpeg: Buffer, side: number): Buffer {
  const copy = Buffer.from(jpeg);
  const at = copy.indexOf(Buffer.from([0xff, 0xc0, 0x00, 0x11]));
  copy.writeUInt16BE(side, at + 5);
  copy.writeUInt16BE(side, at + 7);
  return copy;
}

function gifOf(gif: Buffer, side: number): Buffer {
  const copy = Buffer.from(gif);
  copy.writeUInt16LE(side, 6);
  copy.writeUInt16LE(side, 8);
  return copy;
}

function gifFrames(count: number, side = 1): Buffer {
  const head = Buffer.from("4749463839610100010080000000000000ffffff", "hex");
  head.writeUInt16LE(side, 6);
  head.writeUInt16LE(side, 8);
  const frame = Buffer.from("21f90400010000002c000000000100010000020244010000".slice(0, 46), "hex");
  return Buffer.concat([head, ...Array.from({ length: count }, () => frame), Buffer.from([0x3b])]);
}

function withLength(film: Buffer, length: number): Buffer {
  const copy = Buffer.from(film);
  copy.writeUInt32BE(length, copy.readUInt32BE(0));
  return copy;
}

function boxesWithin(depth: number): Buffer {
  const type = Buffer.from("00000018667479706d703432000000006d70343269736f6d", "hex");
  const boxes = Array.from({ length: depth }, (_, at) => {
    const head = Buffer.alloc(8);
    head.writeUInt32BE((depth - at) * 8, 0);
    head.write("moov", 4, "latin1");
    return head;
  });
  return Buffer.concat([type, ...boxes]);
}
