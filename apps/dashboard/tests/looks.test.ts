import { expect, test } from "vitest";
import { telling } from "./fake/telling.ts";
import { idOf } from "./fake/things.ts";
import { busyCafe } from "./fake/world.ts";
import { expectAccessible, withDashboard } from "./open-dashboard.ts";

const dashboard = withDashboard();

test("a stream is added by its address, and a wrong one is said to be so at its field", async () => {
  const { told, answers } = telling("assets.createStream");
  await using open = await dashboard.open("/content", answers);
  const { page } = open;
  await page.getByRole("button", { name: "More ways to add content" }).click();
  await page.getByRole("menuitem", { name: "Add a stream" }).click();
  const dialog = page.getByRole("dialog", { name: "Add a stream" });
  const address = dialog.getByRole("textbox", { name: "Address" });
  await address.fill("ftp://live.example/hall");
  await dialog.getByRole("button", { name: "Add stream" }).click();
  await dialog.getByRole("alert").first().waitFor();
  await expect.poll(() => address.getAttribute("aria-invalid")).toBe("true");
  await expectAccessible(page);
  await address.fill("live.example/hall.m3u8");
  await dialog.getByRole("button", { name: "Add stream" }).click();
  await dialog.waitFor({ state: "detached" });
  await expect.poll(() => told).toEqual([{ url: "https://live.example/hall.m3u8", tags: [] }]);
  expect(open.troubles).toEqual([]);
});

test("a film's fit and loudness are set by keyboard, and a picture has no loudness", async () => {
  const { told, answers } = telling("assets.update");
  await using open = await dashboard.open(`/content?asset=${idOf(2, 1)}`, answers);
  const { page } = open;
  const loudness = page.getByRole("slider", { name: "Loudness" });
  await loudness.focus();
  await page.keyboard.press("Home");
  await page.getByText("Muted").waitFor();
  await page.getByRole("radio", { name: "Fill and crop" }).check();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Save" }).click();
  await expect.poll(() => told).toMatchObject([{ id: idOf(2, 1), fit: "cover", loudness: 0 }]);

  await page.goto(`${open.server.url}/content?asset=${idOf(2, 0)}`);
  await page.getByRole("radio", { name: "All of it" }).waitFor();
  await expect.poll(() => loudness.count()).toBe(0);
});

test("a playlist is told to fade, for how long, and to cut again", async () => {
  const { told, answers } = telling("playlists.update");
  const cafe = busyCafe();
  await using open = await dashboard.open(`/playlists/${idOf(4, 0)}`, {
    ...answers,
    "playlists.get": ({ id }: { id: string }) => {
      const fades = told.flatMap((one) => (hasFade(one) ? one.fadeMs : []));
      const found = cafe.playlists.find((one) => one.id === id);
      return { ...found, fadeMs: fades.at(-1) ?? 0 };
    },
  });
  const { page } = open;
  const choose = async (name: string) => {
    const choice = page.getByRole("radio", { name });
    await choice.click();
    await expect.poll(() => choice.isChecked()).toBe(true);
  };
  await choose("Fade");
  await page.getByRole("combobox", { name: "Length of the fade" }).click();
  await page.getByRole("option", { name: "2 s" }).click();
  await page.getByRole("listbox").waitFor({ state: "hidden" });
  await page.getByText("Each item fades into the next.").waitFor();
  await expectAccessible(page);
  await choose("Cut");
  await expect.poll(() => told).toEqual([1000, 2000, 0].map((fadeMs) => ({ id: idOf(4, 0), fadeMs })));
});

function hasFade(given: unknown): given is { fadeMs: number } {
  return typeof given === "object" && given !== null && "fadeMs" in given;
}

test("a brand is seen on a real stage while it is chosen, and its colour is judged in words", async () => {
  const { told, answers } = telling("organization.update");
  await using open = await dashboard.open("/settings/organization", answers);
  const { page } = open;
  const color = page.getByRole("textbox", { name: "Colour", exact: true });
  await color.fill("#ffd60a");
  await page.getByText("In white it would be hard to read (1.4 to 1; 4.5 is enough).").waitFor();
  await page.getByText(/^Screens write on it in black, which is easy to read/).waitFor();
  await page.getByTitle("A screen with nothing to play").waitFor();
  await expectAccessible(page);
  await color.fill("#ffd6");
  const form = page.getByRole("region", { name: "Look of screens" });
  await form.getByRole("button", { name: "Save" }).click();
  await form.getByRole("alert").first().waitFor();
  await color.fill("#FFD60A");
  await form.getByRole("button", { name: "Choose another" }).click();
  const dialog = page.getByRole("dialog", { name: "Choose a logo" });
  await dialog
    .getByRole("button", { name: /Opening hours/ })
    .first()
    .click();
  await dialog.waitFor({ state: "detached" });
  await form.getByRole("button", { name: "Save" }).click();
  await expect
    .poll(() => told)
    .toMatchObject([{ brandColor: "#ffd60a", brandLogoAssetId: expect.stringMatching(/^[0-9a-f-]{36}$/) }]);
  expect(open.troubles).toEqual([]);
});
