import { Worker } from "node:worker_threads";
import type { Colour, Display } from "./glass.ts";

/** What was on the glass at an instant of this machine's clock: a name of the palette, `black`, or `other r,g,b`. */
export type Sample = { atMs: number; seen: string };

export type WatcherData = {
  framebuffer: string;
  width: number;
  height: number;
  everyMs: number;
  palette: Record<string, Colour>;
};

/** Looks at the glass all the time, from a thread of its own. */
export interface GlassWatcher extends AsyncDisposable {
  /** All samples of a stretch of time, in order. The newest arrive within a quarter of a second. */
  between(fromMs: number, untilMs: number): Sample[];
  latest(): Sample | undefined;
}

export const SAMPLE_EVERY_MS = 50;
const MOST_SAMPLES = 100_000;

/** Samples twenty times a second unless told. A glass shows a colour of the palette when seven tenths of it do. */
export function watchGlass(
  { framebuffer, width, height }: Display,
  palette: Record<string, Colour>,
  everyMs = SAMPLE_EVERY_MS,
): GlassWatcher {
  const samples: Sample[] = [];
  const workerData: WatcherData = { framebuffer, width, height, everyMs, palette };
  const worker = new Worker(new URL("./glass-watcher-worker.ts", import.meta.url), { workerData });
  worker.on("message", (news: Sample[]) => {
    samples.push(...news);
    if (samples.length > MOST_SAMPLES) samples.splice(0, samples.length - MOST_SAMPLES);
  });
  return {
    between: (fromMs, untilMs) => samples.filter(({ atMs }) => atMs >= fromMs && atMs < untilMs),
    latest: () => samples.at(-1),
    async [Symbol.asyncDispose]() {
      await worker.terminate();
    },
  };
}
