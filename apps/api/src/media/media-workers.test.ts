import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Bench, openBench } from "./testing/bench.ts";
import { drawQuarters } from "./testing/make-pictures.ts";
import { startWorker, WorkerDied } from "./worker-process.ts";

const never = new AbortController().signal;
let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench[Symbol.asyncDispose]());

describe("the process in which files are decoded", () => {
  test("may not read what is not its business", async () => {
    const secret = join(bench.folder, "secrets.json");
    await writeFile(secret, await drawQuarters(10, 10).png().toBuffer());
    await using output = await bench.workers.makeFolder();
    const task = { kind: "inspect", path: secret, outputDir: output.path } as const;
    expect(await bench.workers.perform(task, 10_000, never)).toMatchObject({
      kind: "error",
      detail: expect.stringContaining("restricted"),
    });
  });

  test("gets nothing of our environment", async () => {
    process.env.VITRINE_TEST_SECRET = "do-not-tell";
    const worker = startWorker({ readable: [], writable: bench.folder }, LIMITS);
    try {
      await worker.perform(
        { kind: "card", shows: "web", url: "https://example.com/", outputDir: bench.folder },
        never,
      );
      const environment = await readFile(`/proc/${worker.pid}/environ`, "latin1");
      expect(environment).toContain("MALLOC_ARENA_MAX");
      expect(environment).not.toContain("do-not-tell");
    } finally {
      delete process.env.VITRINE_TEST_SECRET;
      await worker.kill();
    }
  });

  test("is ended when it takes too long, and the next task has a new one", async () => {
    const slow = await drawQuarters(6000, 5000).png({ compressionLevel: 1 }).toBuffer();
    const path = join(bench.folder, "uploads", "slow");
    await writeFile(path, slow);
    await using output = await bench.workers.makeFolder();
    const task = { kind: "inspect", path, outputDir: output.path } as const;
    expect(await bench.workers.perform(task, 30, never)).toMatchObject({ fault: "processing_stopped" });
    expect(await bench.workers.perform(task, 60_000, never)).toMatchObject({ kind: "image", width: 6000 });
  });

  test("is ended when the task is called off, and says so instead of blaming the file", async () => {
    const controller = new AbortController();
    const path = join(bench.folder, "uploads", "called-off");
    await writeFile(path, await drawQuarters(3000, 3000).png().toBuffer());
    await using output = await bench.workers.makeFolder();
    const performing = bench.workers.perform(
      { kind: "inspect", path, outputDir: output.path },
      60_000,
      controller.signal,
    );
    controller.abort(new Error("called off"));
    await expect(performing).rejects.toThrow("called off");
  });

  test("cannot take more memory than it is given", async () => {
    const folder = await mkdtemp(join(tmpdir(), "vitrine-memory-"));
    await mkdir(join(folder, "uploads"));
    const path = join(folder, "uploads", "large");
    await writeFile(
      path,
      await drawQuarters(6000, 6000).jpeg({ progressive: true }).withMetadata({ orientation: 6 }).toBuffer(),
    );
    const small = { ...LIMITS, memoryBytes: 400 * 1024 ** 2 };
    const worker = startWorker({ readable: [join(folder, "uploads")], writable: folder }, small);
    try {
      const outcome = await worker
        .perform({ kind: "inspect", path, outputDir: folder }, never)
        .catch((error: unknown) => error);
      const isRefused = outcome instanceof WorkerDied || isFault(outcome);
      expect(isRefused, JSON.stringify(outcome)).toBe(true);
    } finally {
      await worker.kill();
      await rm(folder, { recursive: true });
    }
  });

  test("many tasks share two processes, each task in a folder of its own", async () => {
    const files = await Promise.all(
      [100, 200, 300, 400, 500].map((side) => drawQuarters(side, side).jpeg().toBuffer()),
    );
    const results = await Promise.all(files.map((file) => bench.inspectPicture(file)));
    expect(results.map(({ result }) => result.width)).toEqual([100, 200, 300, 400, 500]);
    for (const [index, { thumbnail }] of results.entries()) {
      expect((await sharp(thumbnail).metadata()).width).toBe((index + 1) * 100);
    }
  });
});

test("a card shows the host, each in a colour of its own, and whether it is a page or a stream", async () => {
  const draw = async (shows: "web" | "stream", url: string) => {
    await using output = await bench.workers.makeFolder();
    const task = { kind: "card", shows, url, outputDir: output.path } as const;
    expect(await bench.workers.perform(task, 30_000, never)).toMatchObject({ kind: "card" });
    const card = await readFile(join(output.path, "thumbnail"));
    expect(await sharp(card).metadata()).toMatchObject({ format: "webp", width: 640, height: 360 });
    const corner = sharp(card).extract({ left: 2, top: 2, width: 1, height: 1 }).removeAlpha();
    return { colour: (await corner.raw().toBuffer()).toString("hex"), card };
  };
  const [menu, other, page, stream] = await Promise.all([
    draw("web", "https://example.com/menu?x=<>"),
    draw("web", "https://other.example/"),
    draw("web", "https://example.com/"),
    draw("stream", "https://example.com/live.m3u8"),
  ]);
  expect(menu.card.equals(page.card)).toBe(true);
  expect(other.colour).not.toBe(page.colour);
  expect(stream.colour).toBe(page.colour);
  expect(stream.card.equals(page.card)).toBe(false);
});

const LIMITS = { memoryBytes: 1024 ** 3, heapBytes: 128 * 1024 ** 2 };

function isFault(outcome: unknown): boolean {
  return typeof outcome === "object" && outcome !== null && "kind" in outcome && outcome.kind === "fault";
}
