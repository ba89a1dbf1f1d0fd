import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeLog } from "../../platform/log.ts";
import { applyEdits } from "../edits.ts";
import type { Film, InspectionResult, Picture } from "../inspection.ts";
import { type MediaWorkers, openMediaWorkers } from "../media-workers.ts";

/** Workers over a folder of their own, for tests, and what they make of files given as bytes. */
export type Bench = AsyncDisposable & {
  folder: string;
  workers: MediaWorkers;
  inspect(file: Buffer): Promise<{ result: InspectionResult; stored: Buffer; thumbnail: Buffer }>;
  inspectPicture(file: Buffer): Promise<{ result: Picture; stored: Buffer; thumbnail: Buffer }>;
  inspectFilm(file: Buffer): Promise<{ result: Film; stored: Buffer; thumbnail: Buffer }>;
  /** The fault that a file has; fails when it is taken. */
  faultOf(file: Buffer): Promise<string>;
};

const TIMEOUT_MS = 60_000;

export async function openBench(): Promise<Bench> {
  const folder = await mkdtemp(join(tmpdir(), "vitrine-media-"));
  await mkdir(join(folder, "uploads"));
  const workers = await openMediaWorkers({ dataDir: folder, log: makeLog("silent") });

  async function inspect(file: Buffer) {
    const path = join(folder, "uploads", crypto.randomUUID());
    await writeFile(path, file);
    await using output = await workers.makeFolder();
    const task = { kind: "inspect", path, outputDir: output.path } as const;
    const result = await workers.perform(task, TIMEOUT_MS, new AbortController().signal);
    if (result.kind !== "image" && result.kind !== "video") {
      return { result, stored: Buffer.alloc(0), thumbnail: Buffer.alloc(0) };
    }
    const stored =
      result.content.kind === "file"
        ? await readFile(join(output.path, "content"))
        : await gather(applyEdits(path, result.content.edits));
    return { result, stored, thumbnail: await readFile(join(output.path, "thumbnail")) };
  }

  return {
    folder,
    workers,
    inspect,
    async inspectPicture(file) {
      const { result, ...files } = await inspect(file);
      if (result.kind !== "image") throw new Error(`Not taken as a picture: ${JSON.stringify(result)}`);
      return { result, ...files };
    },
    async inspectFilm(file) {
      const { result, ...files } = await inspect(file);
      if (result.kind !== "video") throw new Error(`Not taken as a film: ${JSON.stringify(result)}`);
      return { result, ...files };
    },
    async faultOf(file) {
      const { result } = await inspect(file);
      if (result.kind !== "fault") throw new Error(`Not refused: ${JSON.stringify(result).slice(0, 500)}`);
      return result.fault;
    },
    async [Symbol.asyncDispose]() {
      await workers[Symbol.asyncDispose]();
      await rm(folder, { recursive: true });
    },
  };
}

async function gather(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const copies: Buffer[] = [];
  for await (const piece of pieces) copies.push(Buffer.from(piece));
  return Buffer.concat(copies);
}
