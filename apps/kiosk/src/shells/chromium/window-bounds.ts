import { setTimeout as wait } from "node:timers/promises";
import * as z from "zod";
import type { WindowMode } from "../../shared/shell.ts";
import type { CdpPipe } from "./cdp-pipe.ts";
import type { StageTarget } from "./stage-target.ts";

const measured = z.tuple([z.number(), z.number(), z.number(), z.number(), z.number(), z.number()]);
const MEASURE = "[innerWidth, innerHeight, outerWidth, outerHeight, screen.width, screen.height]";
const windowForTarget = z.object({ windowId: z.number() });

/** How often, and how far apart, the window is measured until it has the wanted size. */
const TRIES = 30;
const PAUSE_MS = 60;
/** A window manager gets this many tries to make the kiosk window full before it is done by hand. */
const PATIENCE_TRIES = 4;

/**
 * Makes the page exactly as large as asked: a kiosk without a window manager does not fill its display by
 * itself. Gives up quietly after two seconds, since a picture of the wrong size is better than none.
 */
export async function fitWindow(
  pipe: CdpPipe,
  target: StageTarget,
  mode: WindowMode,
  signal: AbortSignal,
): Promise<void> {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const sizes = measured.safeParse(await target.evaluate(MEASURE, signal));
    if (!sizes.success) return;
    const [innerWidth, innerHeight, outerWidth, outerHeight, screenWidth, screenHeight] = sizes.data;
    const width = mode.kind === "fullscreen" ? screenWidth : mode.widthPixels;
    const height = mode.kind === "fullscreen" ? screenHeight : mode.heightPixels;
    if (innerWidth === width && innerHeight === height) return;
    // A window as large as the display is full too, whatever it is called.
    const isFull = width === screenWidth && height === screenHeight;

    if (isFull && attempt >= PATIENCE_TRIES) {
      await fillByHand(pipe, target, { width, height }, signal);
      return;
    }
    if (!isFull) {
      const bounds = { width: width + outerWidth - innerWidth, height: height + outerHeight - innerHeight };
      await setBounds(pipe, target, bounds, signal);
    }
    await wait(PAUSE_MS, undefined, { signal });
  }
}

/**
 * Chromium makes a window of just the display's size one pixel smaller (so that window managers do not take
 * it for full-screen). So the window gets one pixel more, beyond the edge, and the page the true size.
 */
async function fillByHand(
  pipe: CdpPipe,
  target: StageTarget,
  { width, height }: { width: number; height: number },
  signal: AbortSignal,
): Promise<void> {
  await setBounds(pipe, target, { left: 0, top: 0, width: width + 1, height: height + 1 }, signal);
  const metrics = { width, height, deviceScaleFactor: 0, mobile: false };
  await target.call("Emulation.setDeviceMetricsOverride", metrics, signal);
}

async function setBounds(
  pipe: CdpPipe,
  target: StageTarget,
  bounds: object,
  signal: AbortSignal,
): Promise<void> {
  const { windowId } = windowForTarget.parse(
    await pipe.call("Browser.getWindowForTarget", { targetId: target.targetId }, { signal }),
  );
  await pipe.call("Browser.setWindowBounds", { windowId, bounds: { windowState: "normal" } }, { signal });
  await pipe.call("Browser.setWindowBounds", { windowId, bounds }, { signal });
}
