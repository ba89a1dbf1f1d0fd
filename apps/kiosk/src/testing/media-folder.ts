import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import sharp from "sharp";
import type { MediaFile, MediaSource } from "../shared/shell.ts";

const run = promisify(execFile);

/** Real media in a folder of its own, found by content as the engine's cache does. */
export interface MediaFolder extends MediaSource, AsyncDisposable {
  readonly path: string;
  /** A picture of one colour (any CSS colour that sharp knows); gives its SHA-256. */
  addImage(colour: string, width?: number, height?: number): Promise<string>;
  /** An H.264 video that shows each of these colours for `secondsEach`, silent unless told. */
  addVideo(
    colours: readonly string[],
    secondsEach: number,
    size?: string,
    sound?: "silent" | "tone",
  ): Promise<string>;
  addBytes(bytes: Uint8Array, mediaType: string): Promise<string>;
  /** A picture as of `addImage`, whose bytes come only once `arrive` is called. */
  addLateImage(colour: string): Promise<{ sha256: string; arrive(): void }>;
}

/** Makes an empty media folder; it is removed when disposed. */
export async function makeMediaFolder(): Promise<MediaFolder> {
  const path = await mkdtemp(join(tmpdir(), "vitrine-media-"));
  const files = new Map<string, MediaFile>();
  let videos = 0;
  const late = new Map<string, Promise<void>>();

  const addBytes = async (bytes: Uint8Array, mediaType: string) => {
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const filePath = join(path, sha256);
    await writeFile(filePath, bytes);
    files.set(sha256, { path: filePath, sizeBytes: (await stat(filePath)).size, mediaType });
    return sha256;
  };

  const addImage = async (colour: string, width = 1280, height = 720) => {
    const image = sharp({ create: { width, height, channels: 3, background: colour } });
    return addBytes(await image.jpeg().toBuffer(), "image/jpeg");
  };

  return {
    path,
    addBytes,
    addImage,
    async addLateImage(colour) {
      const sha256 = await addImage(colour);
      const arrival = Promise.withResolvers<void>();
      late.set(sha256, arrival.promise);
      return { sha256, arrive: () => arrival.resolve() };
    },
    async addVideo(colours, secondsEach, size = "1280x720", sound = "silent") {
      videos += 1;
      const filePath = join(path, `video-${videos}.mp4`);
      const inputs = colours.flatMap((colour) => [
        "-f",
        "lavfi",
        "-i",
        `color=c=${colour}:s=${size}:r=30:d=${secondsEach}`,
      ]);
      const tone = ["-f", "lavfi", "-i", `sine=frequency=440:duration=${secondsEach * colours.length}`];
      const toneOut = ["-map", `${colours.length}:a`, "-c:a", "aac"];
      const concat = `${colours.map((_, index) => `[${index}:v]`).join("")}concat=n=${colours.length}:v=1[out]`;
      const coding = [
        "-map",
        "[out]",
        "-c:v",
        "libx264",
        "-preset",
        "ultrafast",
        "-pix_fmt",
        "yuv420p",
        "-g",
        "30",
      ];
      await run("ffmpeg", [
        "-nostdin",
        "-v",
        "error",
        ...inputs,
        ...(sound === "tone" ? tone : []),
        "-filter_complex",
        concat,
        ...coding,
        ...(sound === "tone" ? toneOut : []),
        "-movflags",
        "+faststart",
        filePath,
      ]);
      return addBytes(await readFile(filePath), "video/mp4");
    },
    async findMedia(sha256) {
      await late.get(sha256);
      return files.get(sha256);
    },
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  };
}
