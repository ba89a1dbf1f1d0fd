import type { Page } from "playwright";
import * as z from "zod";

/** One composited frame as it went to the glass. */
export interface CastFrame {
  picture: Uint8Array;
  atMs: number;
}

const frameEvent = z.object({
  data: z.string(),
  sessionId: z.number(),
  metadata: z.object({ timestamp: z.number() }),
});

/** Records every frame that the page composites from now until it is stopped. */
export async function startScreencast(page: Page): Promise<{ stop(): Promise<CastFrame[]> }> {
  const session = await page.context().newCDPSession(page);
  const frames: CastFrame[] = [];
  const startMs = Date.now();
  session.on("Page.screencastFrame", (event) => {
    const { data, sessionId, metadata } = frameEvent.parse(event);
    const atMs = metadata.timestamp * 1000;
    // The first one told may be of before.
    if (atMs >= startMs) frames.push({ picture: Buffer.from(data, "base64"), atMs });
    session.send("Page.screencastFrameAck", { sessionId }).catch(() => undefined);
  });
  await session.send("Page.startScreencast", {
    format: "jpeg",
    quality: 60,
    maxWidth: 320,
    maxHeight: 180,
    everyNthFrame: 1,
  });
  return {
    async stop() {
      await session.send("Page.stopScreencast");
      await session.detach();
      return frames;
    },
  };
}
