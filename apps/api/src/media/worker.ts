import { open } from "node:fs/promises";
import { setPriority } from "node:os";
import sharp from "sharp";
import { decoding } from "./decoding.ts";
import { drawCard } from "./draw-card.ts";
import { inspectImage } from "./inspect-image.ts";
import { inspectSvg } from "./inspect-svg.ts";
import { type InspectionResult, type InspectionTask, inspectionTask } from "./inspection.ts";
import { MediaFault } from "./media-fault.ts";
import { SNIFFED_BYTES, sniffMedia } from "./sniff-media.ts";

/**
 * The process in which files of strangers are decoded: no secrets in its environment, few files that it may open,
 * little memory, low priority. Takes one task at a time as a message and answers each with one result.
 */
setPriority(10);
sharp.cache(false);
sharp.concurrency(1);
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({
  operation: ["Jpeg", "Png", "Webp", "Heif", "Nsgif", "Svg"].map((format) => `VipsForeignLoad${format}`),
});

process.on("message", (message) => {
  const task = inspectionTask.parse(message);
  perform(task)
    .catch(toFailure)
    .then((result) => process.send?.(result));
});
process.on("disconnect", () => process.exit(0));

async function perform(task: InspectionTask): Promise<InspectionResult> {
  if (task.kind === "card") {
    await drawCard(task, task.outputDir);
    return { kind: "card", thumbnail: { name: "thumbnail" } };
  }
  const head = await readHead(task.path);
  if (head.length === 0) throw new MediaFault("empty", "The file is empty");
  const sniffed = sniffMedia(head);
  if (sniffed === undefined) throw new MediaFault("unsupported_type", "No type that is taken");
  const { path, outputDir } = task;
  return decoding<InspectionResult>(async () => {
    if (sniffed.kind === "video") {
      // 70 MB of decoders, which pictures do without.
      const { inspectVideo } = await import("./inspect-video.ts");
      return inspectVideo(path, sniffed.format, outputDir);
    }
    if (sniffed.format === "svg") return inspectSvg(path, outputDir);
    return inspectImage(path, sniffed.format, outputDir);
  });
}

async function readHead(path: string): Promise<Buffer> {
  await using file = await open(path, "r");
  const { buffer, bytesRead } = await file.read(Buffer.alloc(SNIFFED_BYTES), 0, SNIFFED_BYTES, 0);
  return buffer.subarray(0, bytesRead);
}

function toFailure(error: unknown): InspectionResult {
  const detail = (error instanceof Error ? error.message : String(error)).slice(0, 1000);
  return error instanceof MediaFault
    ? { kind: "fault", fault: error.fault, detail }
    : { kind: "error", detail };
}
