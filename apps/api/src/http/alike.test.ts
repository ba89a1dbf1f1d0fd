import { gzipSync } from "node:zlib";
import { DEVICE_PATHS } from "@vitrine/core/model/device-protocol";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { pairScreen, type TestScreen } from "../device/testing/test-screen.ts";
import { callProcedure, makeAlikeWorld, text, type World } from "../testing/alike-world.ts";
import { listProcedures, SAMPLES } from "../testing/samples.ts";
import { startTestServer, type TestServer } from "../testing/test-server.ts";
import { makeTusClient, type TusClient } from "../testing/tus-client.ts";
import { until } from "../testing/until.ts";

/** An organization with everything that the other has too: files, playlists, screens and uploads under way. */
type Side = {
  world: World;
  tus: TusClient;
  screen: TestScreen;
  uploadLocation: string;
  pictureId: string;
  /** A file that only this side has, under the same name. */
  own: { id: string; sha256: string; fileUrl: string };
  stream: { text(): string; close(): void };
  ids: string[];
};

describe("two organizations with everything alike", () => {
  let server: TestServer;
  let sides: [Side, Side];
  beforeAll(async () => {
    server = await startTestServer();
    sides = [await makeSide(120), await makeSide(121)];
  });
  afterAll(async () => {
    for (const { stream } of sides) stream.close();
    await server[Symbol.asyncDispose]();
  });
  const pairs = (): [Side, Side][] => [
    [sides[0], sides[1]],
    [sides[1], sides[0]],
  ];

  test("every query answers each with its own, and with as much of it", async () => {
    const queries = listProcedures().filter(({ type }) => type === "query");
    expect(queries.length).toBeGreaterThan(10);
    for (const { path } of queries) {
      const answers: string[] = [];
      for (const [side, other] of pairs()) {
        const answer = await ask(side, path);
        expect(answer.status, path).toBe(200);
        const body = JSON.stringify(answer.body);
        expect(
          other.ids.filter((id) => body.includes(id)),
          path,
        ).toEqual([]);
        answers.push(withoutIdentity(body));
      }
      expect(answers[0], path).toBe(answers[1]);
    }
  });

  test("lists and counts stay each side's own after errors and rollbacks on the connections they share", async () => {
    const disturbances = [
      (side: Side, other: Side) =>
        call(side, "playlists.update", { id: other.world.playlistId, name: "Taken" }),
      (side: Side) => call(side, "assets.update", { id: side.world.assetId, name: "Spare" }),
      (side: Side) => call(side, "playlists.update", { id: "no id", name: "" }),
      (side: Side, other: Side) =>
        call(side, "assets.remove", { ids: [side.world.assetId, other.world.assetId] }),
      (side: Side) => call(side, "playlists.create", { name: "Loop", assetIds: [crypto.randomUUID()] }),
    ];
    for (let round = 0; round < 40; round += 1) {
      const disturb = disturbances[round % disturbances.length];
      const outcomes = await Promise.all(
        pairs().map(async ([side, other]) => {
          const failed = await disturb?.(side, other);
          const [assets, playlists] = await Promise.all([
            ask(side, "assets.list"),
            ask(side, "playlists.list"),
          ]);
          return { status: failed?.status ?? 0, seen: JSON.stringify([assets.body, playlists.body]) };
        }),
      );
      for (const [place, [side, other]] of pairs().entries()) {
        const outcome = outcomes[place];
        expect(outcome?.status, `disturbance ${round % disturbances.length}`).toBeGreaterThanOrEqual(400);
        expect(other.ids.filter((id) => outcome?.seen.includes(id))).toEqual([]);
        expect(outcome?.seen).toContain(side.world.assetId);
      }
      expect(withoutIdentity(outcomes[0]?.seen ?? "")).toBe(withoutIdentity(outcomes[1]?.seen ?? ""));
    }
  });

  test("files come to their own screens and people only", async () => {
    for (const [side, other] of pairs()) {
      const path = (sha256: string) => `${DEVICE_PATHS.files}/${sha256}`;
      expect((await side.screen.fetch(path(side.own.sha256))).status).toBe(200);
      expect((await side.screen.fetch(path(other.own.sha256))).status).toBe(404);
      expect((await side.screen.fetch(`${path(other.own.sha256)}/chunks`)).status).toBe(404);
      expect((await fetch(side.own.fileUrl)).status).toBe(200);
      const moved = side.own.fileUrl.replace(side.world.organizationId, other.world.organizationId);
      expect(moved).not.toBe(side.own.fileUrl);
      expect((await fetch(moved)).status).toBe(404);
      const manifest = await (await side.screen.manifest()).text();
      expect(manifest).toContain(side.world.playlistId);
      expect(other.ids.filter((id) => manifest.includes(id))).toEqual([]);
    }
  });

  test("an upload under way is its own organization's", async () => {
    for (const [side, other] of pairs()) {
      expect((await other.tus.head(side.uploadLocation)).status).toBe(404);
      expect((await other.tus.patch(side.uploadLocation, 100, Buffer.alloc(10))).status).toBe(404);
      expect((await other.tus.remove(side.uploadLocation)).status).toBe(404);
      expect((await side.tus.head(side.uploadLocation)).headers.get("upload-offset")).toBe("100");
    }
  });

  test("streams tell people and screens what is their own, and nothing else", async () => {
    const hints = await Promise.all(sides.map(({ screen }) => screen.live()));
    await until("both screens listen", () => hints.every((one) => one.hints.length > 0));
    for (const { screen } of sides) await screen.manifest();
    for (const [place, [side, other]] of pairs().entries()) {
      const before = hints.map((one) => one.hints.length);
      const name = `Loop ${place}`;
      expect((await call(side, "playlists.update", { id: side.world.playlistId, name })).status).toBe(200);
      await until("its screen heard", () => (hints[place]?.hints.length ?? 0) > (before[place] ?? 0));
      await until("its people heard", () => side.stream.text().includes(side.world.playlistId));
      // What the other side hears of itself now, it hears after all that it could have heard of this.
      const mark = { id: other.world.spareAssetId, name: `Spare ${place}` };
      const seenBefore = other.stream.text().length;
      expect((await call(other, "assets.update", mark)).status).toBe(200);
      await until("the mark", () => other.stream.text().slice(seenBefore).includes(mark.id));
      expect(hints[1 - place]?.hints.length).toBe(before[1 - place]);
      await side.screen.manifest();
    }
    for (const [side, other] of pairs()) {
      expect(other.ids.filter((id) => side.stream.text().includes(id))).toEqual([]);
    }
    for (const one of hints) one.close();
  });

  function ask(side: Side, path: string) {
    const sample = SAMPLES[path];
    if (!sample) throw new Error(`No sample for ${path}`);
    return Promise.resolve(sample(side.world, server.url)).then((input) =>
      callProcedure(server.url, path, { type: "query", input, cookie: side.world.cookie }),
    );
  }

  function call(side: Side, path: string, input: unknown) {
    return callProcedure(server.url, path, { type: "mutation", input, cookie: side.world.cookie });
  }

  async function makeSide(grey: number): Promise<Side> {
    const world = await makeAlikeWorld(server.url);
    const tus = makeTusClient(server.url, { cookie: world.cookie });
    const pictureId = await tus.upload(await plainPicture(100), { filename: "Menu.png" });
    const ownId = await tus.upload(await plainPicture(grey), { filename: "Own.png" });
    await settled(world, pictureId);
    const { body } = await settled(world, ownId);
    const own = {
      id: ownId,
      sha256: text(body, "result.data.sha256"),
      fileUrl: text(body, "result.data.fileUrl"),
    };
    const created = await tus.create({ sizeBytes: 5000, metadata: { filename: "Under way.png" } });
    const uploadLocation = created.headers.get("location") ?? "";
    await tus.patch(uploadLocation, 0, Buffer.alloc(100));
    const screen = await pairScreen(server.url, world.cookie, { name: "Hall", playlistId: world.playlistId });
    const commandId = await sendLog(world, screen);
    const { cookie: _, ...ids } = world;
    return {
      world: { ...world, deviceId: screen.deviceId, commandId },
      tus,
      screen,
      uploadLocation,
      pictureId,
      own,
      stream: await listen(world),
      ids: [...Object.values(ids), pictureId, ownId, own.sha256, screen.deviceId, commandId],
    };
  }

  /** The screen sends its log, as it was asked to; gives the id of both. */
  async function sendLog({ cookie }: World, screen: TestScreen): Promise<string> {
    const input = { deviceId: screen.deviceId, kind: "send_logs" };
    const { body } = await callProcedure(server.url, "devices.sendCommand", {
      type: "mutation",
      input,
      cookie,
    });
    const id = text(body, "result.data.id");
    await screen.beat();
    await server.services.devices.presence.flush();
    const line = { time: "2026-11-20T10:00:00.000Z", level: "info", event: "started" };
    const log = { method: "PUT", body: gzipSync(`${JSON.stringify(line)}\n`) };
    expect((await screen.fetch(`${DEVICE_PATHS.logs}/${id}`, log)).status).toBe(204);
    return id;
  }

  async function settled(world: World, id: string) {
    const get = () =>
      callProcedure(server.url, "assets.get", { type: "query", input: { id }, cookie: world.cookie });
    await until(
      "the picture is ready",
      async () => text((await get()).body, "result.data.state") === "ready",
    );
    return get();
  }

  /** The stream of changes as a dashboard has it open. */
  async function listen({ cookie }: World) {
    const abort = new AbortController();
    const response = await fetch(`${server.url}/trpc/events.stream`, {
      headers: { cookie, accept: "text/event-stream" },
      signal: abort.signal,
    });
    let heard = "";
    const read = async () => {
      for await (const part of response.body ?? []) heard += Buffer.from(part).toString("utf8");
    };
    read().catch(() => {});
    await until("the stream begins", () => heard.includes("data:"));
    return { text: () => heard, close: () => abort.abort() };
  }
});

/** A picture of one grey; of each grey of the same size. */
function plainPicture(grey: number): Promise<Buffer> {
  const background = { r: grey, g: grey, b: grey };
  return sharp({ create: { width: 64, height: 48, channels: 3, background } })
    .png()
    .toBuffer();
}

/** An answer without what differs between two organizations that are alike: ids, hashes, signatures, instants and the number of a slug. */
function withoutIdentity(body: string): string {
  return body
    .replaceAll(/"alike-\d+"/g, '"alike"')
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "id")
    .replaceAll(/[0-9a-f]{64}/g, "hash")
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "instant")
    .replaceAll(/vtr_\w{6}|[A-Za-z0-9_-]{16,}/g, "word");
}
