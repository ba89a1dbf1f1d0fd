/** A part of a film in seconds; `to` is exclusive, Infinity for the end. */
export type Window = { from: number; to: number };

/**
 * Pixels that are decoded of one film at most: about three minutes of 1080p at 30 frames a second, half a minute
 * of a processor. A longer film is decoded in three equal parts: its beginning, its middle and its end.
 */
const MAX_DECODED_PIXELS = 12_000_000_000;

/** Which parts of a film are decoded: all of it, or three parts that hold `MAX_DECODED_PIXELS` together. */
export function chooseWindows(film: {
  durationSeconds: number;
  frameCount: number;
  framePixels: number;
}): Window[] {
  const { durationSeconds, frameCount, framePixels } = film;
  const pixels = frameCount * framePixels;
  if (pixels <= MAX_DECODED_PIXELS) return [{ from: 0, to: Number.POSITIVE_INFINITY }];
  const length = (durationSeconds * MAX_DECODED_PIXELS) / pixels / 3;
  const middle = (durationSeconds - length) / 2;
  return [
    { from: 0, to: length },
    { from: middle, to: middle + length },
    { from: durationSeconds - length, to: Number.POSITIVE_INFINITY },
  ];
}
