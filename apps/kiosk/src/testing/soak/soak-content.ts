import { once } from "node:events";
import { createServer } from "node:http";
import type { StageItem, StageSlot } from "../../shared/messages.ts";
import type { MediaFolder } from "../media-folder.ts";
import { media, web } from "../plans.ts";

const COLOURS = ["red", "lime", "blue", "yellow", "magenta", "cyan", "white"];
/** In so many slots there are a video, a page and a fade; all else are cuts between pictures. */
const CYCLE = 50;
const VIDEO_AT = 15;
const PAGE_AT = 30;
const FADE_AT = 45;

/** Makes the slot of an index, from an instant on. */
export type MakeSlot = (index: number, startsAtMs: number) => StageSlot;

/**
 * Pictures of `pictureMs` each and, among fifty, one video and one page. These last longer, as does what comes
 * before them, so that they have the time to get ready that any real item has.
 */
export async function createSlotMaker(
  folder: MediaFolder,
  pageUrl: string,
  pictureMs: number,
): Promise<MakeSlot> {
  const pictures = await Promise.all(COLOURS.map((colour) => folder.addImage(colour)));
  const videos = await Promise.all([
    folder.addVideo(["red", "lime"], 0.5),
    folder.addVideo(["blue", "yellow"], 0.5),
  ]);
  const pick = (list: readonly string[], index: number) => list[index % list.length] ?? "";

  return (index, startsAtMs) => {
    const place = index % CYCLE;
    const cycle = Math.floor(index / CYCLE);
    const [item, durationMs]: [StageItem, number] =
      place === VIDEO_AT
        ? [media("video", pick(videos, cycle)), 400]
        : place === PAGE_AT
          ? [web(pageUrl), 300]
          : [
              media("image", pick(pictures, index)),
              [VIDEO_AT - 1, PAGE_AT - 1, FADE_AT].includes(place) ? 500 : pictureMs,
            ];
    return {
      slotId: `slot-${index}`,
      startsAtMs,
      endsAtMs: startsAtMs + durationMs,
      item,
      transition: place === FADE_AT ? { kind: "fade", durationMs: 250 } : { kind: "cut" },
    };
  };
}

/** A web page of one colour, of another origin than the stage. */
export async function servePage(): Promise<AsyncDisposable & { url: string }> {
  const page = `<!doctype html><title>Page</title><body style="margin:0;background:orange">`;
  const server = createServer((_request, response) => {
    response.writeHead(200, { "Content-Type": "text/html" }).end(page);
  });
  server.listen(0, "localhost");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("No port");
  return {
    url: `http://localhost:${address.port}/`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}
