import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { launchBrowser } from "@vitrine/harness/browser";
import { captureGlass, type Display, readQrCode, startDisplay } from "@vitrine/harness/glass";
import { eventually, temporaryFolder } from "@vitrine/harness/processes";
import { takePictures } from "@vitrine/harness/shots";
import { startKiosk, startVitrine } from "@vitrine/harness/vitrine";
import type { Page } from "playwright";
import sharp from "sharp";
import { buildApps } from "./build.ts";
import { fillDemo } from "./demo/fill-demo.ts";

// npm run pictures: takes the pictures of docs/pictures anew, of a real server, a real browser and a real screen.
const pictures = resolve(import.meta.dirname, "../docs/pictures");
mkdirSync(pictures, { recursive: true });
await buildApps();
using folder = temporaryFolder();
await using server = await startVitrine(join(folder.path, "server"));
await using browser = await launchBrowser();
await using display = await startDisplay(1920, 1080);
await using portrait = await startDisplay(1080, 1920);

const guest = await browser.newPage();
await guest.goto(server.url);
await guest.getByRole("button", { name: "Create account" }).waitFor();
await takePictures(guest, pictures, "sign-up");
await guest.close();

const { person, playlistId } = await fillDemo(server.url);
await using first = startKiosk({
  server: server.url,
  dataDir: join(folder.path, "window"),
  display: display.name,
  window: "1920x1080",
});
await using second = startKiosk({
  server: server.url,
  dataDir: join(folder.path, "counter"),
  display: portrait.name,
  window: "1080x1920",
});
const codes = await Promise.all(
  [first, second].map(async (kiosk) => (await kiosk.waitFor(/enter the code (\S+)/))[1] ?? ""),
);
await Promise.all([readQrCode(display), readQrCode(portrait)]);
await saveGlass(display, "glass-pairing");
await saveGlass(portrait, "glass-pairing-portrait");
const devices = [];
for (const [index, name] of ["Shop window", "Counter"].entries()) {
  devices.push(
    await person.api.devices.claim.mutate({ code: codes[index] ?? "", name, timeZone: "Europe/Berlin" }),
  );
}
await first.waitFor(/Playing for/);
await new Promise((done) => setTimeout(done, 3_000));
await saveGlass(display, "glass-claimed");
await Promise.all([first, second].map((kiosk) => kiosk.waitFor(/"event":"veto_over"/)));
const [shopWindow] = devices;
await eventually(
  "both screens play",
  async () => {
    const counts = await person.api.devices.counts.query();
    return counts.playing === 2 ? true : undefined;
  },
  120_000,
  500,
);
for (const { id } of devices) {
  await person.api.devices.sendCommand.mutate({ deviceId: id, kind: "screenshot" });
  await person.api.devices.sendCommand.mutate({ deviceId: id, kind: "send_logs" });
}
await eventually(
  "the screenshots are there",
  async () => {
    const { rows } = await person.api.devices.list.query({});
    return rows.every((row) => row.screenshot !== null) ? true : undefined;
  },
  60_000,
  300,
);
await saveGlass(display, "glass-playing");

const context = await browser.newContext();
const [name = "", value = ""] = person.cookie.split("=");
await context.addCookies([{ name, value, url: server.url }]);
const page = await context.newPage();
await person.api.invitations.create.mutate({
  emails: ["lin@example.com", "noor@example.com"],
  role: "manager",
});
for (const [name, address] of [
  ["Old town", "Markt 4, Leipzig"],
  ["Harbour", "Am Kai 12, Leipzig"],
] as const)
  await person.api.businesses.create.mutate({ name, address });
await person.api.groups.create.mutate({ name: "Windows to the street" });
await person.api.apiKeys.create.mutate({ name: "Menu prices", grants: ["assets.*", "playlists.view"] });
const views: [string, string][] = [
  ["overview", "/"],
  ["screens", "/screens"],
  ["screen", `/screens/${shopWindow?.id ?? ""}`],
  ...["history", "files", "health", "logs", "commands", "settings"].map((tab): [string, string] => [
    `screen-${tab}`,
    `/screens/${shopWindow?.id ?? ""}?tab=${tab}`,
  ]),
  ["content", "/content"],
  ["playlists", "/playlists"],
  ["playlist", `/playlists/${playlistId}`],
  ["schedule", "/schedule"],
  ["layouts", "/layouts"],
  ["layout", `/layouts/${(await person.api.layouts.list.query({})).rows[0]?.id ?? ""}`],
  ["preview", `/screens/${shopWindow?.id ?? ""}/preview?at=${friday()}T18:30:00`],
  ["groups", "/screens/groups"],
  ["settings", "/settings/organization"],
  ...[
    "domains",
    "people",
    "businesses",
    "dayparts",
    "rights",
    "api-keys",
    "security",
    "audit",
    "plan",
    "notifications",
    "account",
  ].map((part): [string, string] => [part, `/settings/${part}`]),
];
for (const [view, path] of views) {
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto(`${server.url}${path}`);
  await settle(page);
  await takePictures(page, pictures, view);
}
process.stdout.write(`Pictures are in ${pictures}\n`);

/** The Friday of this week or the next: in the evening a layout is on. */
function friday(): string {
  const now = new Date();
  return new Date(now.getTime() + ((12 - now.getUTCDay()) % 7) * 86_400_000).toISOString().slice(0, 10);
}

/** Waits until every picture that the page shows is loaded. */
async function settle(view: Page): Promise<void> {
  await view.getByRole("heading").first().waitFor();
  await view.waitForFunction(() => [...document.images].every((image) => image.complete), undefined, {
    timeout: 15_000,
  });
  await new Promise((done) => setTimeout(done, 1_000));
}

async function saveGlass(of: Display, file: string): Promise<void> {
  const { rgb, width, height } = captureGlass(of);
  const target = join(pictures, `${file}.png`);
  await sharp(rgb, { raw: { width, height, channels: 3 } })
    .resize({ width: 1280, height: 1280, fit: "inside" })
    .png({ compressionLevel: 9 })
    .toFile(target);
}
