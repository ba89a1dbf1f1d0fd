import { cp, readdir } from "node:fs/promises";
import { join } from "node:path";
import { launchBrowser } from "@vitrine/harness/browser";
import { readQrCode, startDisplay, waitForColour } from "@vitrine/harness/glass";
import { makeJpeg, RED } from "@vitrine/harness/media";
import { signUp, untilReady, upload } from "@vitrine/harness/person";
import { eventually, temporaryFolder } from "@vitrine/harness/processes";
import { startKiosk, startVitrine } from "@vitrine/harness/vitrine";
import { expect, test } from "vitest";

const MINUTE_MS = 60_000;

test("a copy of a screen's disk is noticed and shown; revoked, both stop within a minute, wipe what they have and show pairing", async () => {
  using folder = temporaryFolder();
  await using display = await startDisplay();
  await using elsewhere = await startDisplay();
  await using server = await startVitrine(join(folder.path, "server"));
  const person = await signUp(server.url, "Owner", "Stolen");
  const assetId = await upload(server.url, person, await makeJpeg(folder.path, "red.jpg", RED));
  await untilReady(person, assetId);
  const playlist = await person.api.playlists.create.mutate({ name: "Loop", assetIds: [assetId] });
  const [rightful, copy] = [join(folder.path, "kiosk"), join(folder.path, "copy")];
  await using _kiosk = startKiosk({ server: server.url, dataDir: rightful, display: display.name });
  const code = new URL(await readQrCode(display)).searchParams.get("code") ?? "";
  const screen = await person.api.devices.claim.mutate({ code, name: "Window", playlistId: playlist.id });
  await waitForColour(display, RED);

  // Its browser's own profile changes under the hand that copies, and holds nothing of ours.
  const profile = join(rightful, "shell");
  await cp(rightful, copy, { recursive: true, filter: (path) => path !== profile });
  await using _copy = startKiosk({ server: server.url, dataDir: copy, display: elsewhere.name });
  await waitForColour(elsewhere, RED);

  await using browser = await launchBrowser();
  const context = await browser.newContext();
  const [name = "", value = ""] = person.cookie.split("=");
  await context.addCookies([{ name, value, url: server.url }]);
  const page = await context.newPage();
  await page.goto(`${server.url}/screens/${screen.id}`);
  const notice = page.getByRole("alert").filter({ hasText: "was used from another machine" });
  await notice.waitFor({ timeout: 2 * MINUTE_MS });

  await notice.getByRole("button", { name: "Revoke this screen" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Revoke", exact: true }).click();
  const revokedAt = performance.now();
  for (const at of [display, elsewhere]) await readQrCode(at, MINUTE_MS);
  for (const dataDir of [rightful, copy]) {
    await eventually(
      "its content is wiped",
      async () => ((await filesOf(dataDir)).length === 0 ? true : undefined),
      MINUTE_MS,
    );
  }
  const tookMs = performance.now() - revokedAt;
  process.stdout.write(`stolen screen: both stopped and wiped after ${(tookMs / 1000).toFixed(1)} s\n`);
  expect(tookMs).toBeLessThan(MINUTE_MS);
});

async function filesOf(dataDir: string): Promise<string[]> {
  return (await readdir(join(dataDir, "files"), { recursive: true }).catch(() => [])).sort();
}
