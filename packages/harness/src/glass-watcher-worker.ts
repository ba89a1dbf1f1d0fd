import { openSync, readSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import { HEADER_BYTES, readScreenLayout } from "./framebuffer.ts";
import { type Colour, isNear } from "./glass.ts";
import type { Sample, WatcherData } from "./glass-watcher.ts";

const COLUMNS = 16;
const ROWS = 9;
const TELL_EVERY_MS = 250;
/** Of the points of a sample, this share has to be of one colour. */
const ENOUGH = 0.7;
/** The glass counts as black when this share of it is darker than a tenth, whatever the rest is. */
const BLACK_SHARE = 0.9;
const BLACK_BELOW = 26;

const { framebuffer, width, height, everyMs, palette }: WatcherData = workerData;
const file = openSync(framebuffer, "r");
const head = Buffer.alloc(HEADER_BYTES);
readSync(file, head, 0, HEADER_BYTES, 0);
const { pixelsAt, rowBytes } = readScreenLayout(head);
const row = Buffer.alloc(width * 4);
const names = Object.entries(palette);

let samples: Sample[] = [];
setInterval(() => {
  samples.push({ atMs: Date.now(), seen: nameOf(readPoints()) });
}, everyMs);
setInterval(() => {
  parentPort?.postMessage(samples);
  samples = [];
}, TELL_EVERY_MS);

function readPoints(): Colour[] {
  const points: Colour[] = [];
  for (let y = 0; y < ROWS; y += 1) {
    const line = Math.floor(((y + 0.5) / ROWS) * height);
    readSync(file, row, 0, row.length, pixelsAt + line * rowBytes);
    for (let x = 0; x < COLUMNS; x += 1) {
      const at = Math.floor(((x + 0.5) / COLUMNS) * width) * 4;
      points.push([row[at + 2] ?? 0, row[at + 1] ?? 0, row[at] ?? 0]);
    }
  }
  return points;
}

function nameOf(points: Colour[]): string {
  const share = (is: (point: Colour) => boolean) => points.filter(is).length / points.length;
  if (share((point) => Math.max(...point) < BLACK_BELOW) >= BLACK_SHARE) return "black";
  const found = names.find(([, colour]) => share((point) => isNear(point, colour)) >= ENOUGH);
  if (found) return found[0];
  const mean = [0, 1, 2].map((channel) =>
    Math.round(points.reduce((sum, point) => sum + (point[channel] ?? 0), 0) / points.length),
  );
  return `other ${mean.join(",")}`;
}
