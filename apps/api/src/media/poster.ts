import type { VideoFrame } from "@napi-rs/webcodecs";
import sharp from "sharp";
import { damaged } from "./media-fault.ts";
import { THUMBNAIL_SIDE, writeThumbnail } from "./thumbnail.ts";

/** Picks the frame that stands for a film. */
export type Poster = Disposable & {
  /** Looks at the next frame decoded; says whether it keeps it, else the caller closes it. */
  offer(frame: VideoFrame): "kept" | "done";
  /** Writes the thumbnail, upright and with square pixels. */
  write(shown: { width: number; height: number; rotation: number }, outputDir: string): Promise<void>;
};

/** Mean brightness of 255 below which a frame is taken for a fade from black. */
const DARK = 20;
const FIRST_SECONDS = 1;

/** Takes a frame near one second in, or, if that is dark, one from the middle; of a short film its first. */
export function makePoster(durationSeconds: number): Poster {
  const wantedSeconds = [Math.min(FIRST_SECONDS, durationSeconds / 10), durationSeconds / 2];
  const kept: VideoFrame[] = [];
  let fallback: VideoFrame | undefined;
  return {
    offer(frame) {
      const wanted = wantedSeconds[kept.length];
      if (wanted !== undefined && frame.timestamp >= wanted * 1_000_000) {
        kept.push(frame);
        return "kept";
      }
      if (fallback) return "done";
      fallback = frame;
      return "kept";
    },
    async write({ width, height, rotation }, outputDir) {
      const frames = [...kept, ...(fallback ? [fallback] : [])];
      const scale = Math.min(1, THUMBNAIL_SIDE / Math.max(width, height));
      const size = {
        width: Math.max(1, Math.round(width * scale)),
        height: Math.max(1, Math.round(height * scale)),
      };
      let chosen: Buffer | undefined;
      for (const frame of frames) {
        const picture = await upright(frame, rotation, size);
        chosen ??= picture;
        if (await isDark(picture)) continue;
        chosen = picture;
        break;
      }
      if (chosen === undefined) throw damaged("The film has no frame to show");
      await writeThumbnail(sharp(chosen), outputDir);
    },
    [Symbol.dispose]() {
      for (const frame of kept) frame.close();
      fallback?.close();
    },
  };
}

async function upright(frame: VideoFrame, rotation: number, size: { width: number; height: number }) {
  const { codedWidth: width, codedHeight: height, visibleRect } = frame;
  const pixels = new Uint8Array(frame.allocationSize({ format: "RGBA" }));
  await frame.copyTo(pixels, { format: "RGBA" });
  const raw = {
    width: visibleRect.width || width,
    height: visibleRect.height || height,
    channels: 4 as const,
  };
  return sharp(pixels, { raw })
    .removeAlpha()
    .rotate(rotation)
    .resize({ ...size, fit: "fill" })
    .png()
    .toBuffer();
}

async function isDark(picture: Buffer): Promise<boolean> {
  const { channels } = await sharp(picture).greyscale().stats();
  return (channels[0]?.mean ?? 0) < DARK;
}
