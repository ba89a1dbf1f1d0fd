import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { extname, join } from "node:path";
import type { Browser } from "playwright";
import { afterAll, beforeAll, expect, it } from "vitest";
import { colourOf } from "../testing/pixels.ts";
import { plan, sequence } from "../testing/plans.ts";
import { launchBrowser, STAGE_FOLDER } from "../testing/stage-page.ts";

const TYPES: Record<string, string> = { ".js": "text/javascript", ".css": "text/css", ".html": "text/html" };

/** A page that puts the stage into a frame, keeps what it says, and passes on what it is given. */
const AROUND = (stageUrl: string) => `<!doctype html><body style="margin:0"><script>
  const said = [];
  addEventListener("message", (event) => said.push(event.data.kind));
  const frame = document.createElement("iframe");
  frame.src = "${stageUrl}";
  frame.style = "border:0;width:640px;height:360px";
  document.body.append(frame);
  const tell = (message) => frame.contentWindow.postMessage(message, "*");
</script>`;

let browser: Browser;
let server: Server;
let port: number;

/** Hosts the stage as the API does: under `/stage/`, with a picture at `/picture.svg`. */
beforeAll(async () => {
  browser = await launchBrowser();
  server = createServer(async ({ url = "/" }, response) => {
    const path = url.split("?")[0] ?? "/";
    if (path === "/picture.svg") {
      response.writeHead(200, { "Content-Type": "image/svg+xml" });
      response.end(
        '<svg xmlns="http://www.w3.org/2000/svg" width="16" height="9"><rect width="16" height="9" fill="lime"/></svg>',
      );
    } else if (path.startsWith("/stage/")) {
      const name = path === "/stage/" ? "index.html" : path.slice("/stage/".length);
      const bytes = await readFile(join(STAGE_FOLDER, name)).catch(() => undefined);
      response
        .writeHead(bytes ? 200 : 404, { "Content-Type": TYPES[extname(name)] ?? "font/woff2" })
        .end(bytes);
    } else {
      const stageUrl = `http://127.0.0.1:${port}/stage/?bridge=parent`;
      response.writeHead(200, { "Content-Type": "text/html" }).end(AROUND(stageUrl));
    }
  });
  server.listen(0);
  await once(server, "listening");
  const address = server.address();
  port = address === null || typeof address === "string" ? 0 : address.port;
});
afterAll(async () => {
  await browser?.close();
  server?.closeAllConnections();
  server?.close();
});

const slots = () => {
  const src = `http://127.0.0.1:${port}/picture.svg`;
  return sequence(Date.now(), [
    { item: { kind: "image", src, width: 16, height: 9, fit: "contain" }, durationMs: 60_000 },
  ]);
};

it("is driven by a page of its own origin", async () => {
  const page = await browser.newPage({ viewport: { width: 640, height: 360 } });
  await page.goto(`http://127.0.0.1:${port}/`);
  await expect.poll(() => page.evaluate("said")).toContain("ready");
  await page.evaluate(`tell(${JSON.stringify(plan(slots()))})`);
  await expect.poll(() => page.evaluate("said")).toContain("shown");
  expect(await colourOf(await page.screenshot())).toBe("lime");
  await page.close();
});

it("neither hears nor tells a page of another origin", async () => {
  const page = await browser.newPage({ viewport: { width: 640, height: 360 } });
  await page.goto(`http://localhost:${port}/`);
  const frame = await expect
    .poll(() => page.frames().find((one) => one.url().includes("/stage/")))
    .toBeDefined()
    .then(() => page.frames().find((one) => one.url().includes("/stage/")));
  // The page behind the frame is up once it has sent its first pulse, whoever may hear it.
  await frame?.waitForFunction(() => performance.now() > 2500 && document.fonts.status === "loaded");
  await page.evaluate(`tell(${JSON.stringify(plan(slots()))})`);
  await frame?.waitForFunction(() => performance.now() > 4000);
  expect(await frame?.locator(".pane").count()).toBe(0);
  expect(await page.evaluate("said")).toEqual([]);
  await page.close();
});
