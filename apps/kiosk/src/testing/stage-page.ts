import { fileURLToPath } from "node:url";
import { type Browser, chromium, type Page } from "playwright";
import { type FromStage, fromStage, type ToStage } from "../shared/messages.ts";
import type { MediaSource } from "../shared/shell.ts";
import { startLoopbackServer } from "../shells/loopback-server.ts";
import { createStageHost } from "../shells/stage-host.ts";
import { colourOf } from "./pixels.ts";

/** The folder of the built stage. */
export const STAGE_FOLDER = fileURLToPath(new URL("../../dist/stage/", import.meta.url));

const CHROMIUM_ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
  "--autoplay-policy=no-user-gesture-required",
];

/** A real Chromium of this machine, without a window. */
export function launchBrowser(): Promise<Browser> {
  const executablePath = process.env.VITRINE_CHROMIUM ?? "/usr/bin/chromium";
  return chromium.launch({ executablePath, args: CHROMIUM_ARGS });
}

export interface GlassSize {
  width: number;
  height: number;
}

/** Small, for whatever is on it is drawn without a graphics card. */
export const SMALL_GLASS: GlassSize = { width: 640, height: 360 };

/** The built stage in a page, driven and heard as a shell does it. */
export interface StagePage extends AsyncDisposable {
  readonly page: Page;
  /** Everything that the stage said, in order. */
  readonly said: FromStage[];
  send(message: ToStage): Promise<void>;
  /** The first matching message said so far or within `timeoutMs`. */
  heard<Kind extends FromStage["kind"]>(
    kind: Kind,
    isWanted?: (message: Extract<FromStage, { kind: Kind }>) => boolean,
    timeoutMs?: number,
  ): Promise<Extract<FromStage, { kind: Kind }>>;
}

/** Opens the stage over the shells' own server and waits until it is ready. */
export async function openStagePage(
  browser: Browser,
  media: MediaSource,
  viewport: GlassSize,
): Promise<StagePage> {
  const server = await startLoopbackServer(await createStageHost(STAGE_FOLDER, media));
  const page = await browser.newPage({ viewport });
  const said: FromStage[] = [];
  let wake: () => void = () => undefined;
  await page.exposeFunction("vitrineSend", (text: string) => {
    said.push(fromStage.parse(JSON.parse(text)));
    wake();
  });

  const heard: StagePage["heard"] = async (kind, isWanted = () => true, timeoutMs = 15_000) => {
    const deadline = performance.now() + timeoutMs;
    for (let next = 0; ; ) {
      for (; next < said.length; next += 1) {
        const message = said[next];
        if (message !== undefined && isOfKind(message, kind) && isWanted(message)) return message;
      }
      const leftMs = deadline - performance.now();
      if (leftMs <= 0)
        throw new Error(`No "${kind}" as wanted; the stage said ${JSON.stringify(said.slice(-20))}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, leftMs);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  };
  await page.goto(server.stageUrl);
  await heard("ready");
  return {
    page,
    said,
    heard,
    send: (message) => page.evaluate((sent) => Reflect.get(window, "vitrineReceive")(sent), message),
    async [Symbol.asyncDispose]() {
      await page.close();
      await server[Symbol.asyncDispose]();
    },
  };
}

/** The colour in the middle of what the stage shows now. */
export async function glassColour({ page }: StagePage): Promise<string> {
  return colourOf(await page.screenshot());
}

function isOfKind<Kind extends FromStage["kind"]>(
  message: FromStage,
  kind: Kind,
): message is Extract<FromStage, { kind: Kind }> {
  return message.kind === kind;
}
