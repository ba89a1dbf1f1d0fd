import { spawnSync } from "node:child_process";
import { createServer } from "node:http";
import { join } from "node:path";
import sharp from "sharp";
import type { Colour } from "./glass.ts";

export const RED: Colour = [200, 30, 40];
export const GREEN: Colour = [20, 160, 60];
export const BLUE: Colour = [30, 60, 200];

/** A real JPEG with grain whose mean is `colour`; of a photograph's size (4000 × 3000) unless told. Returns its path. */
export async function makeJpeg(
  folder: string,
  name: string,
  [red, green, blue]: Colour,
  { width, height } = { width: 4000, height: 3000 },
): Promise<string> {
  const path = join(folder, name);
  const pixels = Buffer.alloc(width * height * 3);
  let seed = 1;
  for (let at = 0; at < pixels.length; at += 3) {
    seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff;
    const grain = ((seed >> 16) % 21) - 10;
    pixels[at] = red + grain;
    pixels[at + 1] = green + grain;
    pixels[at + 2] = blue + grain;
  }
  await sharp(pixels, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 88 })
    .toFile(path);
  return path;
}

/** A real H.264 MP4 of `seconds` with a moving bar over `colour`, 1080p unless told. Returns its path. */
export function makeMp4(
  folder: string,
  name: string,
  [red, green, blue]: Colour,
  seconds: number,
  { width, height } = { width: 1920, height: 1080 },
): string {
  const path = join(folder, name);
  const colour = `0x${[red, green, blue].map((value) => value.toString(16).padStart(2, "0")).join("")}`;
  const filter = `color=c=${colour}:s=${width}x${height}:r=30:d=${seconds},drawbox=x='mod(t*300,${width})':y=0:w=40:h=ih/14:color=white:t=fill`;
  const encode = [
    "-c:v",
    "libx264",
    "-preset",
    "ultrafast",
    "-pix_fmt",
    "yuv420p",
    "-movflags",
    "+faststart",
  ];
  const result = spawnSync("ffmpeg", [
    "-y",
    "-loglevel",
    "error",
    "-f",
    "lavfi",
    "-i",
    filter,
    ...encode,
    path,
  ]);
  if (result.status !== 0) throw new Error(`ffmpeg failed: ${result.stderr.toString()}`);
  return path;
}

/** A real web page of one colour on a server of its own, which refuses to be framed as many sites do. */
export async function servePage([red, green, blue]: Colour): Promise<AsyncDisposable & { url: string }> {
  const page = `<!doctype html><title>Page</title><body style="margin:0;background:rgb(${red},${green},${blue})">`;
  const server = createServer((_request, response) => {
    response.writeHead(200, { "content-type": "text/html", "x-frame-options": "DENY" }).end(page);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/`,
    [Symbol.asyncDispose]: () => new Promise((done) => server.close(() => done())),
  };
}
