import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import { startDisplay } from "@vitrine/harness/glass";
import { temporaryFolder } from "@vitrine/harness/processes";
import { findChromium } from "../../shells/chromium/browser-process.ts";
import { readMemory, type SoakMemory } from "./browser-memory.ts";

export interface PlainSoakOptions {
  /** How many times the one picture is fetched. */
  requests: number;
  memoryLooks: number;
}

const EVERY_MS = 60;
const [EARLY, WARM_UP] = [500, 6000];
const PICTURE = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const PAGE = `<!doctype html><title>Plain</title><img alt=""><script>
const image = document.querySelector("img");
let next = 0;
setInterval(() => { image.removeAttribute("src"); image.src = "/picture-" + (next++ % 7); }, ${EVERY_MS});
</script>`;

/** The memory of the same browser with a page that does nothing but fetch one picture of a pixel, never stored. */
export async function runPlainSoak({ requests, memoryLooks }: PlainSoakOptions): Promise<SoakMemory> {
  await using display = await startDisplay();
  using profile = temporaryFolder();
  await using pictures = await servePictures();
  const isRoot = process.getuid?.() === 0;
  const flags = ["--no-first-run", "--disable-background-networking", "--disable-component-update"];
  const browser = spawn(
    findChromium(process.env),
    [
      ...flags,
      ...(isRoot ? ["--no-sandbox", "--disable-gpu", "--test-type"] : []),
      `--user-data-dir=${profile.path}`,
      `--app=${pictures.url}`,
    ],
    { env: { ...process.env, DISPLAY: display.name }, stdio: "ignore" },
  );
  const ended = once(browser, "exit");
  try {
    const read = () => readMemory(process.pid, { engine: false, looks: memoryLooks });
    const early = await pictures.fetched(Math.min(EARLY, requests / 4)).then(read);
    const start = await pictures.fetched(Math.min(WARM_UP, requests / 2)).then(read);
    const middle = await pictures.fetched((requests + WARM_UP) / 2).then(read);
    const end = await pictures.fetched(requests).then(read);
    return { early, start, middle, end };
  } finally {
    browser.kill();
    await ended;
  }
}

async function servePictures(): Promise<
  AsyncDisposable & { url: string; fetched(count: number): Promise<void> }
> {
  let count = 0;
  const server = createServer(({ url }, response) => {
    if (url?.startsWith("/picture")) {
      count += 1;
      response.writeHead(200, { "Content-Type": "image/png", "Cache-Control": "no-store" }).end(PICTURE);
    } else {
      response.writeHead(200, { "Content-Type": "text/html", "Cache-Control": "no-store" }).end(PAGE);
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("No port");
  return {
    url: `http://127.0.0.1:${address.port}/`,
    async fetched(wanted) {
      while (count < wanted) await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}
