import { createHash, randomBytes, randomUUID } from "node:crypto";
import { mkdtemp, readdir, readlink, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { organizationScope } from "@vitrine/db/scope";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { BlobStore } from "../platform/blob-store.ts";
import type { Clock } from "../platform/clock.ts";
import { readConfig } from "../platform/config.ts";
import { makeContentUrls } from "../platform/content-urls.ts";
import { openLocalBlobStore } from "../platform/local-blob-store.ts";
import { makeLog } from "../platform/log.ts";
import { makeMac } from "../platform/mac.ts";
import { contentPlugin } from "./content.ts";
import { listen, makeHttpServer } from "./server.ts";

let nowMs = Date.parse("2026-03-01T12:00:00.000Z");
const clock: Clock = { now: () => new Date(nowMs), nowMs: () => nowMs };
const mac = makeMac(randomBytes(32).toString("base64url"));
const contentUrls = makeContentUrls({ mac, clock });
const app = makeHttpServer({ config: readConfig({}, "/"), log: makeLog("silent") });
const scope = organizationScope(randomUUID());
const bytes = randomBytes(3 * 1024 * 1024 + 1234);
const sha256 = createHash("sha256").update(bytes).digest("hex");
let folder: string;
let blobs: BlobStore;
let origin: string;
let url: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "vitrine-content-"));
  blobs = await openLocalBlobStore(folder);
  await blobs.write(scope, one(bytes));
  await app.register(contentPlugin, { blobs, contentUrls });
  origin = `http://127.0.0.1:${await listen(app, "127.0.0.1", 0, "VITRINE_CONTENT_PORT")}`;
  url = contentUrls.make(origin, scope, { sha256, mediaType: "image/png" });
});
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true });
});

describe("ranges", () => {
  const size = bytes.length;
  test.each([
    ["bytes=0-0", 0, 1],
    ["bytes=0-99", 0, 100],
    ["bytes=1048575-1048577", 1_048_575, 1_048_578],
    ["bytes=100-", 100, size],
    [`bytes=${size - 1}-`, size - 1, size],
    [`bytes=5-${size * 10}`, 5, size],
    ["bytes=-1", size - 1, size],
    ["bytes=-1000", size - 1000, size],
    [`bytes=-${size + 7}`, 0, size],
    ["BYTES = 3 - 8", 3, 9],
  ])("%s is answered with just these bytes", async (range, start, end) => {
    const answer = await fetch(url, { headers: { range } });
    expect(answer.status).toBe(206);
    expect(answer.headers.get("content-range")).toBe(`bytes ${start}-${end - 1}/${size}`);
    expect(answer.headers.get("content-length")).toBe(String(end - start));
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes.subarray(start, end))).toBe(true);
  });

  test("random ranges are the slices that Node cuts", async () => {
    for (let round = 0; round < 200; round++) {
      const a = Math.floor(Math.random() * size);
      const b = a + Math.floor(Math.random() * (round % 2 ? 5000 : size - a));
      const answer = await fetch(url, { headers: { range: `bytes=${a}-${b}` } });
      const got = Buffer.from(await answer.arrayBuffer());
      expect(got.equals(bytes.subarray(a, b + 1)), `bytes=${a}-${b}`).toBe(true);
    }
  });

  test.each([`bytes=${size}-`, `bytes=${size + 5}-${size + 9}`, "bytes=-0"])(
    "%s is outside: 416 with the size",
    async (range) => {
      const answer = await fetch(url, { headers: { range } });
      expect(answer.status).toBe(416);
      expect(answer.headers.get("content-range")).toBe(`bytes */${size}`);
    },
  );

  test.each(["bytes=9-3", "bytes=a-b", "bytes=-", "bytes=0-1,5-6", "lines=1-2", "bytes 0-1"])(
    "%s means the whole file",
    async (range) => {
      const answer = await fetch(url, { headers: { range } });
      expect(answer.status).toBe(200);
      expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
    },
  );

  test("If-Range keeps the range only while the file is the one meant", async () => {
    const range = "bytes=0-9";
    const same = await fetch(url, { headers: { range, "if-range": `"${sha256}"` } });
    const other = await fetch(url, { headers: { range, "if-range": `"${"0".repeat(64)}"` } });
    expect([same.status, other.status]).toEqual([206, 200]);
    await Promise.all([same.arrayBuffer(), other.arrayBuffer()]);
  });
});

describe("the whole file", () => {
  test("comes with all that keeps it harmless and cached", async () => {
    const answer = await fetch(url, { headers: { cookie: "session=secret" } });
    expect(answer.status).toBe(200);
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "content-type": "image/png",
      "content-length": String(bytes.length),
      "accept-ranges": "bytes",
      etag: `"${sha256}"`,
      "cache-control": "private, max-age=43200, immutable",
      "content-disposition": `inline; filename="${sha256.slice(0, 12)}.png"`,
      "content-security-policy":
        "sandbox; default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'",
      "cross-origin-resource-policy": "cross-origin",
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
    });
    expect(answer.headers.get("set-cookie")).toBeNull();
    expect(answer.headers.get("access-control-allow-origin")).toBeNull();
  });

  test("HEAD tells the same and sends nothing", async () => {
    const answer = await fetch(url, { method: "HEAD", headers: { range: "bytes=0-9" } });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-length")).toBe(String(bytes.length));
    expect((await answer.arrayBuffer()).byteLength).toBe(0);
  });

  test.each([`"${sha256}"`, `W/"${sha256}"`, `"x", "${sha256}"`, "*"])(
    "If-None-Match %s is 304",
    async (condition) => {
      const answer = await fetch(url, { headers: { "if-none-match": condition } });
      expect(answer.status).toBe(304);
      expect((await answer.arrayBuffer()).byteLength).toBe(0);
    },
  );

  test("becomes an attachment with a name that is safe and has the true extension", async () => {
    const names: [string, string][] = [
      ["menu", 'attachment; filename="menu.png"'],
      ["menu.PNG", 'attachment; filename="menu.png"'],
      ["evil.exe", 'attachment; filename="evil.exe.png"'],
      ['../../"a"\r\nx: y', 'attachment; filename="a x y.png"'],
      ["Café ☕", "attachment; filename=\"Caf_ _.png\"; filename*=UTF-8''Caf%C3%A9%20%E2%98%95.png"],
      ["", 'attachment; filename="file.png"'],
    ];
    for (const [name, expected] of names) {
      const answer = await fetch(`${url}&download=${encodeURIComponent(name)}`, { method: "HEAD" });
      expect(answer.headers.get("content-disposition")).toBe(expected);
    }
  });

  test("a client that leaves in the middle frees the file, and the next one is served", async () => {
    const { port, pathname, search } = new URL(url);
    for (let round = 0; round < 20; round++) {
      await new Promise<void>((resolve) => {
        const socket = connect(Number(port), "127.0.0.1", () => {
          socket.write(`GET ${pathname}${search} HTTP/1.1\r\nhost: x\r\n\r\n`);
        });
        socket.once("data", () => socket.destroy());
        socket.once("close", () => resolve());
      });
    }
    await expect.poll(openBlobs, { timeout: 5000 }).toBe(0);
    const answer = await fetch(url);
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
  });
});

describe("addresses", () => {
  test("stay the same for hours and end", async () => {
    const started = nowMs;
    try {
      expect(contentUrls.make(origin, scope, { sha256, mediaType: "image/png" })).toBe(url);
      nowMs += 6 * 3600_000 - 1000;
      expect((await fetch(url, { method: "HEAD" })).status).toBe(200);
      nowMs = started + 13 * 3600_000;
      expect((await fetch(url)).status).toBe(410);
      const later = contentUrls.make(origin, scope, { sha256, mediaType: "image/png" });
      expect(later).not.toBe(url);
      expect((await fetch(later, { method: "HEAD" })).status).toBe(200);
    } finally {
      nowMs = started;
    }
  });

  test("no word of one can be changed", async () => {
    const other = randomUUID();
    await blobs.write(organizationScope(other), one(bytes));
    const changed = [
      url.replace(scope.organizationId, other),
      url.replace(sha256, "0".repeat(64)),
      url.replace(/e=(\d+)/, (_, e) => `e=${Number(e) + 3600}`),
      url.replace("t=png", "t=mp4"),
      url.replace("t=png", "t=html"),
      url.replace(/s=./, (text) => (text === "s=A" ? "s=B" : "s=A")),
      url.replace(/&s=.*/, ""),
      `${origin}/c/${scope.organizationId}/${sha256}`,
      `${origin}/c/../../etc/passwd`,
      `${origin}/`,
    ];
    for (const address of changed) {
      const answer = await fetch(address);
      expect(answer.status, address).toBe(404);
      expect(await answer.json()).toMatchObject({ error: { code: "NOT_FOUND" } });
    }
  });

  test("a right address of a file that is not there is 404", async () => {
    const missing = contentUrls.make(origin, scope, { sha256: "1".repeat(64), mediaType: "image/png" });
    expect((await fetch(missing)).status).toBe(404);
  });
});

/** How many files of the store this process holds open, as Linux tells it. */
async function openBlobs(): Promise<number> {
  const names = await readdir("/proc/self/fd");
  const targets = await Promise.all(names.map((name) => readlink(`/proc/self/fd/${name}`).catch(() => "")));
  return targets.filter((target) => target.startsWith(folder)).length;
}

async function* one(piece: Uint8Array): AsyncGenerator<Uint8Array> {
  yield piece;
}
