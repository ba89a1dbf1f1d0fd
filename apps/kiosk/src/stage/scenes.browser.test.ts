import sharp from "sharp";
import { expect, it } from "vitest";
import type { IdleMessage, PairingMessage } from "../shared/messages.ts";
import { meanColour } from "../testing/pixels.ts";
import { SMALL_GLASS, type StagePage } from "../testing/stage-page.ts";
import { withStage } from "../testing/with-stage.ts";

const CORNER = { left: 0.45, top: 0.02, width: 0.05, height: 0.04 };
const IDLE: IdleMessage = {
  kind: "idle",
  screenName: "Window left",
  organizationName: "Café Miró",
  serverHost: "signage.example",
  isOnline: true,
};

let navyLogo: string;

const openStage = withStage(async (folder) => {
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="300" height="100"><circle cx="150" cy="50" r="45" fill="#16306b"/></svg>`;
  navyLogo = await folder.addBytes(await sharp(Buffer.from(drawing)).png().toBuffer(), "image/png");
});

async function inkOf({ page }: StagePage, selector: string): Promise<string> {
  return page.locator(selector).evaluate((element) => getComputedStyle(element).color);
}

it("an organization's colour fills a scene, with words and a logo that can be seen on it, and may change", async () => {
  await using stage = await openStage();
  const logoSrc = `media/${navyLogo}`;
  await stage.send({ ...IDLE, brand: { color: "#ffd400", logoSrc } });
  await stage.heard("scene", ({ scene }) => scene === "idle");
  await stage.page.locator(".logo").waitFor();
  const [red, green, blue] = await meanColour(await stage.page.screenshot(), CORNER);
  expect(Math.min(red, green) - blue).toBeGreaterThan(100);
  expect(await inkOf(stage, ".idle-name")).toBe("rgb(11, 11, 13)");
  expect(await stage.page.locator(".logo").getAttribute("data-plate")).toBeNull();

  await stage.send({ ...IDLE, brand: { color: "#16306b", logoSrc } });
  await stage.page.locator(".logo[data-plate=light]").waitFor();
  expect(await inkOf(stage, ".idle-name")).toBe("rgb(255, 255, 255)");

  await stage.send({ ...IDLE, brand: { color: null, logoSrc: null } });
  await stage.page.locator(".logo").waitFor({ state: "detached" });
  expect(await stage.page.locator(".panel[data-brand]").count()).toBe(0);
  await stage.page.locator(".brand").getByText("Vitrine").waitFor();
});

it("a logo whose file is not there leaves ours", async () => {
  await using stage = await openStage();
  await stage.send({ ...IDLE, brand: { color: "#16306b", logoSrc: `media/${"0".repeat(64)}` } });
  await stage.heard("scene", ({ scene }) => scene === "idle");
  await stage.page.locator(".brand").getByText("Vitrine").waitFor();
  expect(await stage.page.locator(".logo").count()).toBe(0);
});

it("tell a technician of the line, the addresses and the version, and tell anew when these change", async () => {
  await using stage = await openStage();
  const about = { version: "1.2.3", addresses: ["192.168.1.20"] };
  const now = Date.now();
  const pairing: PairingMessage = {
    kind: "pairing",
    clockOffsetMs: 0,
    userCode: "BCDFGHJKLMNP",
    serverHost: "signage.example",
    claimUrl: "https://signage.example/pair",
    startedAtMs: now,
    expiresAtMs: now + 60_000,
  };
  await stage.send({ ...pairing, about, isOnline: true });
  const foot = stage.page.locator(".panel-foot");
  await foot.getByText("192.168.1.20").waitFor();
  expect(await foot.textContent()).toMatch(/Connected\s*192\.168\.1\.20\s+·\s+Vitrine 1\.2\.3/);
  await stage.send({ ...pairing, about: { ...about, addresses: [] }, isOnline: false });
  await foot.getByText("No connection").waitFor();
  expect(await foot.textContent()).not.toContain("192.168");
  await stage.send({ ...IDLE, isOnline: true });
  await foot.getByText("Connected").waitFor();
});

it("the identify overlay says name, organization, a short id and the line in letters for a whole room", async () => {
  await using stage = await openStage();
  await stage.send({
    kind: "identify",
    screenName: "Window left",
    organizationName: "Café Miró",
    shortId: "7F3K",
    isOnline: false,
    seconds: 30,
  });
  const overlay = stage.page.getByRole("complementary");
  await overlay.getByText("No connection").waitFor();
  expect(await overlay.locator(".identify-id").getAttribute("aria-label")).toBe("Screen 7 F 3 K");
  const letters = await overlay.locator(".identify-name").boundingBox();
  expect(letters?.height).toBeGreaterThan(SMALL_GLASS.height / 8);
  await overlay.getByText("Café Miró").waitFor();
});
