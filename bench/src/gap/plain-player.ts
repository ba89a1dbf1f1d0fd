import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import type { Display } from "@vitrine/harness/glass";
import { temporaryFolder } from "@vitrine/harness/processes";
import { chromium } from "playwright";
import type { GapItem } from "./gap-items.ts";

/** The plain approach on a glass of its own, playing. */
export interface PlainPlayer extends AsyncDisposable {
  /** What its timer wanted to show from when on, by this machine's clock. */
  changes(): Promise<{ seen: string; atMs: number }[]>;
}

/** One `<img>` and one `<video>` whose `src` a timer switches, as small players do it. */
const PAGE = `<!doctype html><title>Plain</title>
<style>html,body{margin:0;background:#000;overflow:hidden;cursor:none}
img,video{position:fixed;inset:0;width:100vw;height:100vh;object-fit:contain}[hidden]{display:none}</style>
<img alt="" hidden><video muted playsinline hidden></video>
<script>
const image = document.querySelector("img");
const video = document.querySelector("video");
window.changes = [];
window.play = (items, itemMs) => {
  let next = 0;
  const change = () => {
    const item = items[next++ % items.length];
    window.changes.push({ seen: item.seen, atMs: Date.now() });
    const isVideo = item.kind === "video";
    image.hidden = isVideo;
    video.hidden = !isVideo;
    if (isVideo) { video.src = item.url; video.play(); }
    else { video.pause(); image.src = item.url; }
  };
  change();
  setInterval(change, itemMs);
};
</script>`;

/** Serves page and files on this machine. The files may be cached, as a plain server lets them. */
export async function servePlain(
  items: readonly GapItem[],
): Promise<AsyncDisposable & { port: number; pathOf(item: GapItem): string }> {
  const bodies = new Map(items.map(({ path }, index) => [`/${index}`, readFileSync(path)]));
  const server = createServer(({ url = "/", headers }, response) => {
    const body = bodies.get(url);
    if (body === undefined) return void response.writeHead(200, { "content-type": "text/html" }).end(PAGE);
    const type = items[Number(url.slice(1))]?.kind === "video" ? "video/mp4" : "image/jpeg";
    const common = { "content-type": type, "cache-control": "max-age=3600", "accept-ranges": "bytes" };
    const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? "") ?? [];
    if (from === undefined)
      return void response.writeHead(200, { ...common, "content-length": body.length }).end(body);
    const end = to ? Number(to) + 1 : body.length;
    const part = body.subarray(Number(from), end);
    const range = `bytes ${from}-${end - 1}/${body.length}`;
    response.writeHead(206, { ...common, "content-range": range, "content-length": part.length }).end(part);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : 0,
    pathOf: (item) => `/${items.indexOf(item)}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Opens the page at `origin` full-screen on a display and starts its timer. */
export async function startPlain(
  display: Display,
  origin: string,
  items: readonly { kind: string; seen: string; path: string }[],
  itemMs: number,
): Promise<PlainPlayer> {
  await using stack = new AsyncDisposableStack();
  const profile = temporaryFolder();
  stack.defer(() => profile[Symbol.dispose]());
  const names = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
  const context = await chromium.launchPersistentContext(join(profile.path, "profile"), {
    executablePath: process.env.VITRINE_CHROMIUM ?? names.find((name) => existsSync(name)) ?? "",
    headless: false,
    viewport: null,
    env: { ...process.env, DISPLAY: display.name },
    args: [
      ...["--kiosk", "--no-sandbox", "--disable-gpu", "--no-first-run", "--test-type"],
      ...["--window-position=0,0", `--window-size=${display.width},${display.height}`],
      "--autoplay-policy=no-user-gesture-required",
    ],
  });
  stack.defer(() => context.close());
  const page = context.pages()[0] ?? (await context.newPage());
  await page.goto(origin);
  const told = items.map(({ kind, seen, path }) => ({ kind, seen, url: path }));
  await page.evaluate(([list, ms]) => Reflect.get(globalThis, "play")(list, ms), [told, itemMs] as const);
  const started = stack.move();
  return {
    changes: () => page.evaluate(() => Reflect.get(globalThis, "changes")),
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}
