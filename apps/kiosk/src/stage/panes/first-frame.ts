const FIRST_FRAME_MS = 400;

/** Waits until the first frame has reached the compositor, where the browser tells; a little while otherwise. */
export async function firstFrame(video: HTMLVideoElement, signal: AbortSignal): Promise<void> {
  if (!("requestVideoFrameCallback" in video)) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const handle = video.requestVideoFrameCallback(() => resolve());
  const timer = setTimeout(resolve, FIRST_FRAME_MS);
  signal.addEventListener("abort", () => resolve(), { once: true });
  await promise;
  clearTimeout(timer);
  video.cancelVideoFrameCallback(handle);
  signal.throwIfAborted();
}
