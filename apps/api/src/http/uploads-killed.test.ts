import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AssetView } from "@vitrine/core/model/asset";
import { createTestDatabase, type TestDatabase } from "@vitrine/db/testing";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { callProcedure, text } from "../testing/alike-world.ts";
import { type ServerProcess, startServerProcess } from "../testing/server-process.ts";
import { makeTusClient } from "../testing/tus-client.ts";
import { until } from "../testing/until.ts";

let database: TestDatabase;
let folder: string;
let server: ServerProcess;
let cookie: string;
let organizationId: string;
let picture: Buffer;

beforeAll(async () => {
  database = await createTestDatabase();
  folder = await mkdtemp(join(tmpdir(), "vitrine-killed-"));
  server = await startServerProcess(database, folder);
  const signedUp = await callProcedure(server.url, "account.signUp", {
    type: "mutation",
    input: {
      name: "Sam",
      email: "sam@example.com",
      password: "correct horse battery",
      organizationName: "Shop",
    },
  });
  cookie = signedUp.cookie ?? "";
  organizationId = text(signedUp.body, "result.data.organization.id");
  const raw = { width: 2600, height: 2200, channels: 3 } as const;
  const noise = randomBytes(raw.width * raw.height * raw.channels);
  picture = await sharp(noise, { raw }).png({ compressionLevel: 0 }).toBuffer();
});
afterAll(async () => {
  await server.end("SIGKILL");
  await database[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

test("an upload goes on from the byte on disk after kill -9 and after SIGTERM; nothing of it is listed before", async () => {
  const created = await tus().create({ sizeBytes: picture.length, metadata: { filename: "Survivor.png" } });
  const location = created.headers.get("location") ?? "";

  const third = Math.floor(picture.length / 3);
  await sendUntilEnded(location, 0, third, () => server.end("SIGKILL"));
  server = await startServerProcess(database, folder);
  const afterKill = await offsetOf(location);
  expect(afterKill).toBe(third);
  expect((await list()).total).toBe(0);

  const exits: (number | null)[] = [];
  await sendUntilEnded(location, afterKill, 2 * third, async () => exits.push(await server.end("SIGTERM")));
  expect(exits).toEqual([0]);
  server = await startServerProcess(database, folder);
  const afterTerm = await offsetOf(location);
  expect(afterTerm).toBe(2 * third);
  expect((await list()).total).toBe(0);

  const finished = await tus().patch(location, afterTerm, picture.subarray(afterTerm));
  const assetId = finished.headers.get("x-vitrine-asset") ?? "";
  await until("it is ready", async () => (await get(assetId)).state === "ready", 60_000);
  const asset = await get(assetId);
  expect(asset).toMatchObject({ name: "Survivor", sizeBytes: picture.length });
  expect(asset.sha256).toBe(createHash("sha256").update(picture).digest("hex"));
  expect((await list()).total).toBe(1);
});

test("an asset whose processing was killed is processed again as soon as the server is back", async () => {
  const assetId = await tus().upload(picture, { filename: "Interrupted.png" });
  await until("it is being processed", async () => (await get(assetId)).state === "processing");
  await server.end("SIGKILL");
  server = await startServerProcess(database, folder);
  await until("it is ready", async () => (await get(assetId)).state === "ready", 20_000);
  expect((await get(assetId)).sha256).toBe(createHash("sha256").update(picture).digest("hex"));
});

function tus() {
  return makeTusClient(server.url, { cookie });
}

/** Sends the bytes `[start, end)`, waits until they are on disk, and ends the server while the request is open. */
async function sendUntilEnded(
  location: string,
  start: number,
  end: number,
  endServer: () => Promise<unknown>,
) {
  const path = join(folder, "data/uploads", organizationId, location.split("/").at(-1) ?? "");
  const gate = Promise.withResolvers<void>();
  const body = new ReadableStream({
    start: (controller) => controller.enqueue(picture.subarray(start, end)),
    pull: () => gate.promise,
  });
  const sending = tus()
    .patch(location, start, body)
    .catch((error: unknown) => error);
  await until("the bytes are on disk", async () => (await stat(path)).size === end);
  await endServer();
  expect(await sending).toBeInstanceOf(Error);
  gate.resolve();
}

async function offsetOf(location: string): Promise<number> {
  return Number((await tus().head(location)).headers.get("upload-offset"));
}

async function ask<Result>(path: string, input: unknown): Promise<Result> {
  const answer = await callProcedure(server.url, path, { type: "query", input, cookie });
  return (answer.body as { result: { data: Result } }).result.data;
}

const list = () => ask<{ total: number }>("assets.list", {});
const get = (id: string) => ask<AssetView>("assets.get", { id });
