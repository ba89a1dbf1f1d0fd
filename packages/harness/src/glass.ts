import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import jsQR from "jsqr";
import { readScreenLayout } from "./framebuffer.ts";
import { eventually, type Running, run } from "./processes.ts";

/** `framebuffer` is the file that the X server keeps the very pixels of the glass in. */
export type Display = AsyncDisposable & { name: string; width: number; height: number; framebuffer: string };

/** A virtual X display of its own, which does not start anew when its last client goes, as a machine's does not. */
export async function startDisplay(width = 1280, height = 720): Promise<Display> {
  const folder = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "vitrine-glass-"));
  const args = ["-displayfd", "1", "-screen", "0", `${width}x${height}x24`, "-nolisten", "tcp", "-noreset"];
  const server: Running = run("Xvfb", [...args, "-fbdir", folder]);
  const [, number = ""] = await server.waitFor(/^(\d+)$/m, 20_000);
  return {
    ...{ name: `:${number}`, width, height, framebuffer: join(folder, "Xvfb_screen0") },
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export type Picture = { width: number; height: number; rgb: Buffer };

/** What the display shows now, three bytes a pixel: every pixel, or of every `step` pixels and lines the first. */
export function captureGlass(display: Display, step = 1): Picture {
  const file = readFileSync(display.framebuffer);
  const { pixelsAt, rowBytes } = readScreenLayout(file);
  const [width, height] = [Math.ceil(display.width / step), Math.ceil(display.height / step)];
  const rgb = Buffer.allocUnsafe(width * height * 3);
  let to = 0;
  for (let y = 0; y < display.height; y += step) {
    const row = pixelsAt + y * rowBytes;
    for (let at = row, end = row + display.width * 4; at < end; at += step * 4) {
      rgb[to] = file[at + 2] ?? 0;
      rgb[to + 1] = file[at + 1] ?? 0;
      rgb[to + 2] = file[at] ?? 0;
      to += 3;
    }
  }
  return { width, height, rgb };
}

/** Mean colour of a rectangle given in fractions of the picture. */
export function meanColour(
  picture: Picture,
  left = 0.3,
  top = 0.3,
  right = 0.7,
  bottom = 0.7,
): [number, number, number] {
  const sum: [number, number, number] = [0, 0, 0];
  let count = 0;
  for (let y = Math.floor(top * picture.height); y < bottom * picture.height; y += 1) {
    for (let x = Math.floor(left * picture.width); x < right * picture.width; x += 1) {
      const at = (y * picture.width + x) * 3;
      sum[0] += picture.rgb[at] ?? 0;
      sum[1] += picture.rgb[at + 1] ?? 0;
      sum[2] += picture.rgb[at + 2] ?? 0;
      count += 1;
    }
  }
  return [sum[0] / count, sum[1] / count, sum[2] / count];
}

export type Colour = readonly [number, number, number];

/** Mean colour of the middle of what the display shows now, of a ninth of its pixels: it is asked for many times a second. */
export function glassColour(display: Display): Colour {
  return meanColour(captureGlass(display, 3));
}

/** Whether two colours are as near as encoding and scaling leave them. */
export function isNear(one: Colour, other: Colour, tolerance = 40): boolean {
  return one.every((value, index) => Math.abs(value - (other[index] ?? 0)) <= tolerance);
}

/** Waits until the middle of the glass has a colour. */
export async function waitForColour(display: Display, colour: Colour, timeoutMs = 30_000): Promise<void> {
  let last: Colour = [0, 0, 0];
  await eventually(
    `the glass shows rgb(${colour.join(", ")})`,
    () => {
      last = glassColour(display);
      return isNear(last, colour) ? true : undefined;
    },
    timeoutMs,
    50,
  ).catch((error: unknown) => {
    throw new Error(`${String(error)}; it shows rgb(${last.map(Math.round).join(", ")})`);
  });
}

/** The text of the QR code on the glass, read as a camera would. */
export async function readQrCode(display: Display, timeoutMs = 30_000): Promise<string> {
  return eventually(
    "a QR code is on the glass",
    () => {
      const { rgb, width, height } = captureGlass(display);
      const rgba = new Uint8ClampedArray(width * height * 4).fill(255);
      for (let pixel = 0; pixel < width * height; pixel += 1) {
        rgba[pixel * 4] = rgb[pixel * 3] ?? 0;
        rgba[pixel * 4 + 1] = rgb[pixel * 3 + 1] ?? 0;
        rgba[pixel * 4 + 2] = rgb[pixel * 3 + 2] ?? 0;
      }
      return jsQR.default(rgba, width, height)?.data;
    },
    timeoutMs,
    300,
  );
}
