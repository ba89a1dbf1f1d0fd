import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type LoopbackServer, startLoopbackServer } from "./loopback-server.ts";
import { createStageHost } from "./stage-host.ts";

const SHA = "ab".repeat(32);
const GONE = "cd".repeat(32);
const BYTES = Uint8Array.from({ length: 300_000 }, (_, index) => index % 251);

let folder: string;
let server: LoopbackServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "vitrine-host-"));
  await mkdir(join(folder, "stage/assets"), { recursive: true });
  await writeFile(join(folder, "stage/index.html"), "<!doctype html><title>stage</title>");
  await writeFile(join(folder, "stage/assets/main.js"), "export {};");
  await writeFile(join(folder, "stage/notes.secret"), "not for the page");
  await writeFile(join(folder, "secret.html"), "outside");
  await writeFile(join(folder, "media"), BYTES);
  const files = new Map([
    [SHA, { path: join(folder, "media"), sizeBytes: BYTES.length, mediaType: "video/mp4" }],
    [GONE, { path: join(folder, "was-removed"), sizeBytes: 10, mediaType: "image/png" }],
  ]);
  const host = await createStageHost(join(folder, "stage"), {
    findMedia: async (sha256) => files.get(sha256),
  });
  server = await startLoopbackServer(host);
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(new URL(path, server.stageUrl), { headers, signal: AbortSignal.timeout(5000) });

/** Asks with the path just as it is given and any Host. */
function askRaw(path: string, host?: string): Promise<number> {
  const { port, hostname } = new URL(server.stageUrl);
  return new Promise((resolve, reject) => {
    const headers = host === undefined ? {} : { Host: host };
    const asked = request({ hostname, port, path, headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    asked.once("error", reject).end();
  });
}

describe("the stage's files", () => {
  it("are served with the page's policy, and nothing is kept", async () => {
    const page = await get("");
    expect(await page.text()).toContain("<title>stage</title>");
    expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(page.headers.get("content-security-policy")).toMatch(/^default-src 'none'; script-src 'self'/);
    expect(page.headers.get("cache-control")).toBe("no-store");
    expect((await get("assets/main.js")).headers.get("content-type")).toBe("text/javascript; charset=utf-8");
  });

  it("are all that there is: no other type, no way out of the folder", async () => {
    const { pathname } = new URL(server.stageUrl);
    for (const path of [
      "notes.secret",
      "../secret.html",
      "%2e%2e/secret.html",
      "..%2fsecret.html",
      "assets",
      "//",
    ]) {
      expect(await askRaw(`${pathname}${path}`), path).toBe(404);
    }
  });
});

describe("media", () => {
  it("is served by its content's id, whole and in ranges", async () => {
    const whole = await get(`media/${SHA}`);
    expect(whole.headers.get("content-type")).toBe("video/mp4");
    expect(Buffer.from(await whole.arrayBuffer()).equals(BYTES)).toBe(true);

    const part = await get(`media/${SHA}`, { Range: "bytes=1000-200999" });
    expect(part.status).toBe(206);
    expect(part.headers.get("content-range")).toBe(`bytes 1000-200999/${BYTES.length}`);
    expect(Buffer.from(await part.arrayBuffer()).equals(BYTES.subarray(1000, 201_000))).toBe(true);

    const beyond = await get(`media/${SHA}`, { Range: "bytes=300000-" });
    expect([beyond.status, beyond.headers.get("content-range")]).toEqual([416, "bytes */300000"]);
  });

  it("that is not there, or went meanwhile, harms nothing", async () => {
    expect((await get(`media/${"00".repeat(32)}`)).status).toBe(404);
    expect((await get("media/..%2fsecret")).status).toBe(404);
    await expect(get(`media/${GONE}`).then((response) => response.arrayBuffer())).rejects.toThrow();
    expect((await get("")).status).toBe(200);
  });
});

describe("the server", () => {
  it("answers only under its own unguessable path and its own name", async () => {
    const { pathname, port } = new URL(server.stageUrl);
    expect(pathname).toMatch(/^\/[0-9a-f]{32}\/$/);
    expect(await askRaw("/")).toBe(404);
    expect(await askRaw(`/${"0".repeat(32)}/index.html`)).toBe(404);
    expect(await askRaw(`${pathname}index.html`, `evil.example:${port}`)).toBe(404);
    expect(await askRaw(`${pathname}index.html`)).toBe(200);
  });

  it("answers nothing of another site, as the browser names it", async () => {
    const statusFor = async (site: string) => (await get("index.html", { "Sec-Fetch-Site": site })).status;
    expect([await statusFor("cross-site"), await statusFor("same-site")]).toEqual([404, 404]);
    expect([await statusFor("same-origin"), await statusFor("none")]).toEqual([200, 200]);
  });

  it("takes nothing but reading", async () => {
    const answer = await fetch(server.stageUrl, { method: "POST", body: "x" });
    expect([answer.status, answer.headers.get("allow")]).toEqual([405, "GET, HEAD"]);
    const head = await fetch(server.stageUrl, { method: "HEAD" });
    expect([head.status, await head.text()]).toEqual([200, ""]);
  });
});

it("is refused with what to do when the stage has not been built", async () => {
  const media = { findMedia: async () => undefined };
  await expect(createStageHost(join(folder, "nowhere"), media)).rejects.toThrow("npm run build");
});
