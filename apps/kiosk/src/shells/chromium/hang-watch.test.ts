import { PassThrough } from "node:stream";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import * as z from "zod";
import { CdpPipe } from "./cdp-pipe.ts";
import { HangWatch } from "./hang-watch.ts";

const call = z.object({
  id: z.number(),
  method: z.string(),
  params: z.object({ targetId: z.string().optional() }),
  sessionId: z.string().optional(),
});

beforeEach(
  () => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval"] }),
);
afterEach(() => void vi.useRealTimers());

/** A browser whose page named `hung` answers nothing; gives whose processes it was told to end. */
function openBrowser(hung: string) {
  const [toBrowser, fromBrowser] = [new PassThrough(), new PassThrough()];
  const ended: (string | undefined)[] = [];
  toBrowser.on("data", (bytes: Buffer) => {
    for (const text of bytes.toString().split("\0").filter(Boolean)) {
      const { id, method, params, sessionId } = call.parse(JSON.parse(text));
      if (method === "Page.crash") ended.push(sessionId);
      if (sessionId === hung) continue;
      const result = method === "Target.attachToTarget" ? { sessionId: params.targetId } : {};
      fromBrowser.write(`${JSON.stringify({ id, result })}\0`);
    }
  });
  return { pipe: new CdpPipe(toBrowser, fromBrowser, () => undefined), ended };
}

test("a page that answers nothing twice is ended; one that answers, and one that is gone, are not", async () => {
  const { pipe, ended } = openBrowser("hung");
  using watch = new HangWatch(pipe);
  await Promise.all([watch.add("well"), watch.add("hung")]);
  await vi.advanceTimersByTimeAsync(14_000);
  expect(ended).toEqual([]);
  await vi.advanceTimersByTimeAsync(16_000);
  expect(ended).toEqual(["hung"]);
  watch.remove("hung");
  await vi.advanceTimersByTimeAsync(60_000);
  expect(ended).toEqual(["hung"]);
});
