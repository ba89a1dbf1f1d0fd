import { spawn } from "node:child_process";
import type { Display } from "@vitrine/harness/glass";

export type GlassWatch = AsyncDisposable & { stop(): Promise<{ frames: number; blackFrames: number }> };

const WIDTH = 64;
const HEIGHT = 36;
/** Mean brightness (0-255) below which a frame counts as black. */
const BLACK = 12;

/** Films the display at 30 frames a second and counts the frames that are black in the middle. */
export function watchGlass(display: Display): GlassWatch {
  const input = ["-f", "x11grab", "-draw_mouse", "0", "-framerate", "30"];
  const size = ["-video_size", `${display.width}x${display.height}`, "-i", display.name];
  const output = ["-vf", `scale=${WIDTH}:${HEIGHT}`, "-f", "rawvideo", "-pix_fmt", "gray", "-"];
  const child = spawn("ffmpeg", ["-loglevel", "error", ...input, ...size, ...output], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const frameBytes = WIDTH * HEIGHT;
  let rest = Buffer.alloc(0);
  let frames = 0;
  let blackFrames = 0;
  child.stdout.on("data", (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= frameBytes) {
      const sum = rest.subarray(0, frameBytes).reduce((total, value) => total + value, 0);
      frames += 1;
      if (sum / frameBytes < BLACK) blackFrames += 1;
      rest = rest.subarray(frameBytes);
    }
  });
  const gone = new Promise<void>((done) => child.once("exit", () => done()));
  const stop = async () => {
    child.kill("SIGINT");
    await gone;
    return { frames, blackFrames };
  };
  return { stop, [Symbol.asyncDispose]: async () => void (await stop()) };
}
