import { BufferSource, EncodedPacketSink, Input, MP4 } from "mediabunny";
import { describe, expect, test } from "vitest";
import { decodeWindow, surveyTrack } from "./decode-track.ts";
import { openVideoDecoder } from "./decoders.ts";
import { makeFilm } from "./testing/make-film.ts";
import { chooseWindows } from "./video-windows.ts";

const END = Number.POSITIVE_INFINITY;

describe("which parts of a film are decoded", () => {
  test("all of an ordinary one: three minutes of 1080p", () => {
    const film = { durationSeconds: 180, frameCount: 180 * 30, framePixels: 1920 * 1080 };
    expect(chooseWindows(film)).toEqual([{ from: 0, to: END }]);
  });

  test("of a long one its beginning, middle and end, as much together as of an ordinary one", () => {
    const film = { durationSeconds: 7200, frameCount: 7200 * 25, framePixels: 3840 * 2160 };
    const windows = chooseWindows(film);
    expect(windows).toHaveLength(3);
    const [first, middle, last] = windows;
    const seconds = 12_000_000_000 / (25 * 3840 * 2160) / 3;
    expect(first).toEqual({ from: 0, to: seconds });
    expect(((middle?.from ?? 0) + (middle?.to ?? 0)) / 2).toBeCloseTo(3600);
    expect((middle?.to ?? 0) - (middle?.from ?? 0)).toBeCloseTo(seconds);
    expect(last).toEqual({ from: 7200 - seconds, to: END });
  });
});

test("a window is decoded from the key frame before it, and to its end", async () => {
  const file = await makeFilm({ container: "mp4", codec: "avc", seconds: 4 });
  using input = new Input({ source: new BufferSource(file), formats: [MP4] });
  const track = await input.getPrimaryVideoTrack();
  if (track === null) throw new Error("No picture");
  const sink = new EncodedPacketSink(track);
  const survey = await surveyTrack(sink);
  expect(survey).toMatchObject({ packetCount: 40, endSeconds: 4 });
  for (const window of [
    { from: 0, to: 1 },
    { from: 2, to: 3 },
    { from: 3.5, to: END },
  ]) {
    const shown: number[] = [];
    using decoder = await openVideoDecoder(track, ({ timestamp }) => {
      shown.push(timestamp / 1_000_000);
      return "done";
    });
    await decodeWindow(sink, window, survey, decoder);
    const inside = shown.filter(
      (seconds) => seconds >= window.from && seconds < Math.min(window.to, 4) - 0.15,
    );
    const wanted = Math.round((Math.min(window.to, 4) - 0.15 - window.from) * 10);
    expect(inside.length, `${window.from} to ${window.to}`).toBeGreaterThanOrEqual(wanted);
    expect(Math.max(...shown)).toBeLessThan(Math.min(window.to, 4));
  }
});
