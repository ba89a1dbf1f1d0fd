import { readFile } from "node:fs/promises";
import { request } from "node:http";
import { join } from "node:path";
import { expect, test } from "vitest";
import { systemClock } from "../platform/clock.ts";
import { createLog } from "../platform/log.ts";
import { startDeviceServer } from "../testing/device-server.ts";
import { fileAsset, makeFile, makeManifest } from "../testing/test-content.ts";
import { makeFolder, startTestKiosk } from "../testing/test-kiosk.ts";
import { until } from "../testing/until.ts";
import { openStatusServer } from "./status-server.ts";

interface Answer {
  status: number;
  headers: Record<string, unknown>;
  text: string;
}

function ask(port: number, path: string, options: { method?: string; host?: string } = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { method = "GET", host = `127.0.0.1:${port}` } = options;
    const asked = request({ port, path, method, host: "127.0.0.1", headers: { host } }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (part: string) => {
        text += part;
      });
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
      );
    });
    asked.once("error", reject).end();
  });
}

test("T1, T2: the page tells a technician what is on the glass and why, without a secret, to this machine's own names and to read only", async () => {
  await using server = await startDeviceServer();
  await using folder = await makeFolder();
  const file = makeFile(1000);
  const asset = { ...fileAsset(file, 60_000), name: "<b>Menu & prices</b>" };
  server.publish(makeManifest({ assets: [asset] }), [file]);
  await using kiosk = await startTestKiosk(server.url, folder.path);
  const log = createLog(systemClock, []);
  await using page = await openStatusServer({ port: 0, log, getStatus: () => kiosk.engine.status() });
  const port = page?.port ?? 0;
  const json = async () => JSON.parse((await ask(port, "/status.json")).text);
  await until("a code", () => kiosk.life().state === "pairing");
  expect((await json()).advice[0]).toMatch(/Enter the code/);
  server.claim();
  await until("shown", async () => (await json()).onGlass !== null);

  const status = await json();
  expect(status).toMatchObject({
    life: { state: "playing" },
    onGlass: { name: asset.name, why: 'The playlist "Loop" of the screen' },
    sync: { filesReady: 1, filesTotal: 1 },
    clock: { isTrusted: true },
    start: { reason: "boot" },
  });
  const { text, headers } = await ask(port, "/");
  expect(text).toContain("&lt;b&gt;Menu &amp; prices&lt;/b&gt;");
  expect(headers["content-security-policy"]).toMatch(/default-src 'none'/);
  const told = text + JSON.stringify(status);
  for (const [name, key] of [
    ["identity.json", "privateKey"],
    ["ticket.json", "ticket"],
  ] as const) {
    expect(told).not.toContain(JSON.parse(await readFile(join(folder.path, name), "utf8"))[key]);
  }

  for (const host of ["evil.example", `evil.example:${port}`, "127.0.0.1:1", "localhost"])
    expect((await ask(port, "/status.json", { host })).status).toBe(421);
  for (const method of ["POST", "PUT", "DELETE", "OPTIONS"])
    expect((await ask(port, "/", { method })).status).toBe(405);
  expect((await ask(port, "/etc/passwd")).status).toBe(404);
  expect(await openStatusServer({ port, log, getStatus: () => kiosk.engine.status() })).toBeUndefined();
});
