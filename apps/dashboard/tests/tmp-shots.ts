import { chromium } from "playwright";
import { serveFake } from "./fake/serve.ts";
import { idOf } from "./fake/things.ts";
import { answersOf, busyCafe, NOTHING } from "./fake/world.ts";

const only = process.argv[2] ?? "";
const modes = (process.argv[3] ?? "light,dark").split(",");
const widths = (process.argv[4] ?? "1280,390").split(",").map(Number);
const pages: [string, string, "busy" | "none" | "out"][] = [
  ["sign-up", "/sign-up", "out"],
  ["sign-in", "/sign-in", "out"],
  ["overview-first", "/", "none"],
  ["overview", "/", "busy"],
  ["content", "/content", "busy"],
  ["content-list", "/content?view=list", "busy"],
  ["content-empty", "/content", "none"],
  ["asset", `/content?asset=${idOf(2, 3)}`, "busy"],
  ["playlists", "/playlists", "busy"],
  ["playlist", `/playlists/${idOf(4, 0)}`, "busy"],
  ["screens", "/screens", "busy"],
  ["screens-list", "/screens?view=list", "busy"],
  ["screen", `/screens/${idOf(3, 0)}`, "busy"],
  ["screen-trouble", `/screens/${idOf(3, 5)}`, "busy"],
  ["pair", "/screens?pair=BCDFGHJK", "busy"],
  ["settings", "/settings/organization", "busy"],
  ["keys", "/settings/api-keys", "busy"],
  ["account", "/settings/account", "busy"],
];
await using server = await serveFake(`${import.meta.dirname}/../dist`, answersOf(busyCafe()));
const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
for (const [name, path, world] of pages) {
  if (only && !name.match(new RegExp(`^(${only})$`))) continue;
  for (const width of widths)
    for (const mode of modes) {
      server.answers = world === "busy" ? answersOf(busyCafe()) : answersOf(NOTHING);
      if (world === "out") server.answers["account.session"] = () => null;
      const context = await browser.newContext({
        viewport: { width, height: width < 500 ? 844 : 800 },
        colorScheme: mode as "light",
        hasTouch: width < 500,
      });
      const page = await context.newPage();
      page.on(
        "console",
        (m) => (m.type() === "error" || m.type() === "warning") && console.log(name, width, mode, m.text()),
      );
      page.on("pageerror", (e) => console.log(name, width, mode, "PAGEERROR", e.message));
      await page.goto(server.url + path, { waitUntil: "load" });
      await page.waitForTimeout(1300);
      await page.screenshot({ path: `/tmp/dash/${name}-${width}-${mode}.png` });
      await context.close();
    }
}
await browser.close();
process.exit(0);
