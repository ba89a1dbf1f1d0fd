import { createHash, createPublicKey, randomBytes, randomUUID, verify } from "node:crypto";
import { DEVICE_PATHS } from "@vitrine/core/model/device-protocol";
import { manifest } from "@vitrine/core/model/manifest";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { callProcedure } from "../testing/alike-world.ts";
import { startTestServer, type TestServer } from "../testing/test-server.ts";
import { makePerson, type TestPerson } from "./testing/test-person.ts";
import { codeOf, pairScreen, type TestScreen } from "./testing/test-screen.ts";

let server: TestServer;
let url: string;
let person: TestPerson;
let stranger: TestPerson;
beforeAll(async () => {
  server = await startTestServer();
  url = server.url;
  person = await makePerson(server);
  stranger = await makePerson(server);
});
afterAll(() => server[Symbol.asyncDispose]());

describe("the manifest", () => {
  test("is signed, named by what is in it and told with revision and time", async () => {
    const asset = await person.makeAsset(randomBytes(100));
    const playlistId = await person.makePlaylist([asset.id], "Signed");
    const screen = await pairScreen(url, person.cookie, { playlistId });
    const response = await screen.manifest();
    const body = Buffer.from(await response.arrayBuffer());
    expect(response.status).toBe(200);
    expect(response.headers.get("etag")).toMatch(/^W\/"[0-9a-f]{64}"$/);
    const key = createPublicKey({
      key: { kty: "OKP", crv: "Ed25519", x: screen.serverPublicKey },
      format: "jwk",
    });
    const signature = Buffer.from(response.headers.get("x-vitrine-signature") ?? "", "base64url");
    expect(verify(null, body, key, signature)).toBe(true);
    const parsed = manifest.parse(JSON.parse(body.toString()));
    expect(parsed).toMatchObject({ deviceId: screen.deviceId, organizationId: person.organizationId });
    expect(parsed.assets.map(({ id }) => id)).toEqual([asset.id]);
    expect(response.headers.get("x-vitrine-revision")).toBe(String(parsed.revision));
    const serverTime = Date.parse(response.headers.get("x-vitrine-server-time") ?? "");
    expect(Math.abs(serverTime - Date.now())).toBeLessThan(5_000);
  });

  test("is not sent again until it changes", async () => {
    const playlistId = await person.makePlaylist([], "Unchanged");
    const screen = await pairScreen(url, person.cookie, { playlistId });
    const etag = (await screen.manifest()).headers.get("etag") ?? "";
    for (const condition of [etag, etag.slice(2), `"other", ${etag}`]) {
      const again = await screen.fetch(DEVICE_PATHS.manifest, { headers: { "if-none-match": condition } });
      expect([again.status, again.headers.get("etag"), await again.text()]).toEqual([304, etag, ""]);
    }
    // What plays elsewhere is no reason to fetch it.
    await person.makePlaylist([], "Elsewhere");
    const elsewhere = await screen.fetch(DEVICE_PATHS.manifest, { headers: { "if-none-match": etag } });
    expect(elsewhere.status).toBe(304);
    expect((await screen.beat()).manifestEtag).toBe(etag.slice(3, -1));
    await person.call("playlists.update", { id: playlistId, name: "Changed" });
    const changed = await screen.fetch(DEVICE_PATHS.manifest, { headers: { "if-none-match": etag } });
    expect(changed.status).toBe(200);
    expect(changed.headers.get("etag")).not.toBe(etag);
  });

  test("comes compressed to who takes it, under the same name, and verified as it is written", async () => {
    const playlistId = await person.makePlaylist([], "Packed");
    const screen = await pairScreen(url, person.cookie, { playlistId });
    const ask = (coding: string, method = "GET") =>
      screen.fetch(DEVICE_PATHS.manifest, { method, headers: { "accept-encoding": coding } });
    const plain = await ask("identity");
    const body = await plain.text();
    expect([plain.headers.get("content-encoding"), plain.headers.get("vary")]).toEqual([
      null,
      "accept-encoding",
    ]);
    for (const coding of ["gzip", "br, GZIP;q=0.8", "*"]) {
      const packed = await ask(coding);
      expect(packed.headers.get("content-encoding"), coding).toBe("gzip");
      for (const name of ["etag", "x-vitrine-signature", "content-type", "vary"]) {
        expect(packed.headers.get(name)).toBe(plain.headers.get(name));
      }
      expect(Number(packed.headers.get("content-length"))).toBeLessThan(body.length);
      expect(await packed.text()).toBe(body);
    }
    for (const coding of ["gzip;q=0", "br", ""]) {
      const unpacked = await ask(coding);
      expect(unpacked.headers.get("content-encoding"), coding).toBeNull();
      expect(await unpacked.text()).toBe(body);
    }
    const head = await ask("gzip", "HEAD");
    expect([head.status, head.headers.get("etag"), await head.text()]).toEqual([
      200,
      plain.headers.get("etag"),
      "",
    ]);
  });

  test("is each screen's own, however alike two organizations are", async () => {
    const bytes = randomBytes(100);
    const [own, theirs] = await Promise.all(
      [person, stranger].map(async (one) => {
        const asset = await one.makeAsset(bytes, "Same name");
        const playlistId = await one.makePlaylist([asset.id], "Same");
        const screen = await pairScreen(url, one.cookie, { playlistId });
        return { asset, playlistId, screen, body: await (await screen.manifest()).text() };
      }),
    );
    if (!own || !theirs) throw new Error("No screens");
    for (const foreign of [
      stranger.organizationId,
      theirs.asset.id,
      theirs.playlistId,
      theirs.screen.deviceId,
    ]) {
      expect(own.body).not.toContain(foreign);
    }
    expect(theirs.body).toContain(theirs.asset.id);
  });
});

describe("files", () => {
  const bytes = randomBytes(2 * 1024 * 1024 + 500);
  let screen: TestScreen;
  let path: string;
  beforeAll(async () => {
    const { sha256 } = await person.makeAsset(bytes, "Large");
    path = `${DEVICE_PATHS.files}/${sha256}`;
    screen = await pairScreen(url, person.cookie);
  });

  test("come whole, in part, and as a head", async () => {
    const whole = await screen.fetch(path);
    expect([whole.status, whole.headers.get("accept-ranges")]).toEqual([200, "bytes"]);
    expect(Buffer.from(await whole.arrayBuffer()).equals(bytes)).toBe(true);
    const part = await screen.fetch(path, { headers: { range: "bytes=1048570-1048585" } });
    expect([part.status, part.headers.get("content-range")]).toEqual([
      206,
      `bytes 1048570-1048585/${bytes.length}`,
    ]);
    expect(Buffer.from(await part.arrayBuffer())).toEqual(bytes.subarray(1_048_570, 1_048_586));
    const rest = await screen.fetch(path, { headers: { range: `bytes=${bytes.length - 5}-` } });
    expect(Buffer.from(await rest.arrayBuffer())).toEqual(bytes.subarray(-5));
    const beyond = await screen.fetch(path, { headers: { range: `bytes=${bytes.length}-` } });
    expect(beyond.status).toBe(416);
    const head = await screen.fetch(path, { method: "HEAD" });
    expect([head.status, head.headers.get("content-length")]).toEqual([200, String(bytes.length)]);
    const etag = whole.headers.get("etag") ?? "";
    expect((await screen.fetch(path, { headers: { "if-none-match": etag } })).status).toBe(304);
  });

  test("come with the list of the hashes of their MiBs", async () => {
    const list = Buffer.from(await (await screen.fetch(`${path}/chunks`)).arrayBuffer());
    const hashes = [0, 1, 2].map((mib) =>
      createHash("sha256")
        .update(bytes.subarray(mib * 1024 * 1024, (mib + 1) * 1024 * 1024))
        .digest(),
    );
    expect(list.equals(Buffer.concat(hashes))).toBe(true);
  });

  test("are those of the screen's organization only, by whatever hash", async () => {
    const foreign = await stranger.makeAsset(randomBytes(1000), "Theirs");
    for (const word of [
      foreign.sha256,
      "0".repeat(64),
      "..%2f..%2fetc%2fpasswd",
      "ABC",
      foreign.sha256.toUpperCase(),
    ]) {
      for (const end of ["", "/chunks"]) {
        const response = await screen.fetch(`${DEVICE_PATHS.files}/${word}${end}`);
        expect([response.status, await codeOf(response)], word).toEqual([404, "NOT_FOUND"]);
      }
    }
    const theirs = await pairScreen(url, stranger.cookie);
    expect((await theirs.fetch(path)).status).toBe(404);
    expect((await theirs.fetch(`${DEVICE_PATHS.files}/${foreign.sha256}`)).status).toBe(200);
  });

  test("that both organizations have come to each as its own, until its own is removed", async () => {
    const shared = randomBytes(5000);
    const own = await person.makeAsset(shared, "Shared");
    await stranger.makeAsset(shared, "Shared");
    const sharedPath = `${DEVICE_PATHS.files}/${own.sha256}`;
    expect((await screen.fetch(sharedPath)).status).toBe(200);
    await person.call("assets.remove", { ids: [own.id] });
    expect((await screen.fetch(sharedPath)).status).toBe(404);
  });
});

describe("a screenshot", () => {
  const jpeg = Buffer.concat([
    Buffer.from([0xff, 0xd8, 0xff, 0xe0]),
    randomBytes(2000),
    Buffer.from([0xff, 0xd9]),
  ]);
  const withId = z.looseObject({ id: z.string() });
  const ask = async (screen: TestScreen, kind = "screenshot") =>
    withId.parse(await person.call("devices.sendCommand", { deviceId: screen.deviceId, kind })).id;
  const put = (screen: TestScreen, commandId: string, body: Buffer) =>
    screen.fetch(`${DEVICE_PATHS.screenshots}/${commandId}`, {
      method: "PUT",
      headers: { "content-type": "image/jpeg" },
      body: new Uint8Array(body),
    });

  test("that was asked for is kept and shown from the content origin", async () => {
    const screen = await pairScreen(url, person.cookie);
    const commandId = await ask(screen);
    expect((await screen.beat()).commands).toMatchObject([{ id: commandId, kind: "screenshot" }]);
    expect((await put(screen, commandId, jpeg)).status).toBe(204);
    await screen.acknowledge({ id: commandId, isDone: true });
    const view = z
      .object({ screenshot: z.object({ url: z.string(), takenAt: z.string() }) })
      .parse(await person.query("devices.get", { id: screen.deviceId }));
    expect(new URL(view.screenshot.url).port).toBe(String(server.contentPort));
    const shown = await fetch(view.screenshot.url);
    expect(shown.headers.get("content-type")).toBe("image/jpeg");
    expect(shown.headers.get("content-security-policy")).toContain("sandbox");
    expect(Buffer.from(await shown.arrayBuffer()).equals(jpeg)).toBe(true);
    expect((await put(screen, commandId, jpeg)).status, "after it was acknowledged").toBe(404);
  });

  test("that nobody asked this screen for is refused", async () => {
    const screen = await pairScreen(url, person.cookie);
    const other = await pairScreen(url, person.cookie);
    const theirs = await pairScreen(url, stranger.cookie);
    const identify = await ask(screen, "identify");
    const wanted = await ask(screen);
    expect((await put(screen, randomUUID(), jpeg)).status).toBe(404);
    expect((await put(screen, "not-an-id", jpeg)).status).toBe(404);
    expect((await put(screen, identify, jpeg)).status).toBe(404);
    expect((await put(other, wanted, jpeg)).status).toBe(404);
    expect((await put(theirs, wanted, jpeg)).status).toBe(404);
    const answer = await callProcedure(url, "devices.get", {
      type: "query",
      input: { id: other.deviceId },
      cookie: person.cookie,
    });
    expect(answer.body).toMatchObject({ result: { data: { screenshot: null } } });
  });

  test("that is no JPEG, or too large, is refused and leaves nothing", async () => {
    const screen = await pairScreen(url, person.cookie);
    const commandId = await ask(screen);
    const html = Buffer.from("<script>alert(1)</script>");
    const refused = await put(screen, commandId, html);
    expect([refused.status, await codeOf(refused)]).toEqual([400, "INVALID_INPUT"]);
    expect((await put(screen, commandId, Buffer.alloc(0))).status).toBe(400);
    const large = await put(screen, commandId, Buffer.concat([jpeg, randomBytes(5 * 1024 * 1024)]));
    expect(large.status).toBe(413);
    expect(await person.query("devices.get", { id: screen.deviceId })).toMatchObject({ screenshot: null });
    expect((await put(screen, commandId, jpeg)).status).toBe(204);
  });
});

test("an unknown path is a JSON 404", async () => {
  const response = await fetch(`${url}/device/nothing`);
  expect([response.status, response.headers.get("content-type")]).toEqual([
    404,
    "application/json; charset=utf-8",
  ]);
});
