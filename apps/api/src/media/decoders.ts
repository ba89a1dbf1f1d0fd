import {
  AudioDecoder,
  EncodedAudioChunk,
  EncodedVideoChunk,
  VideoDecoder,
  type VideoFrame,
} from "@napi-rs/webcodecs";
import type { InputAudioTrack, InputVideoTrack } from "mediabunny";
import type { Decoder } from "./decode-track.ts";
import { MediaFault } from "./media-fault.ts";

/** Frames' memory is freed by garbage collection only, even when they are closed: it is asked for each 96 MB. */
const COLLECT_BYTES = 96 * 1024 * 1024;

/** A picture decoder for a track; gives each frame to `onFrame`, which closes it unless it says `kept`. */
export async function openVideoDecoder(
  track: InputVideoTrack,
  onFrame: (frame: VideoFrame) => "kept" | "done",
): Promise<Decoder & Disposable> {
  const config = await track.getDecoderConfig();
  if (config === null) throw new MediaFault("codec_unsupported", "The picture has no decoder configuration");
  let failure: Error | undefined;
  let uncollected = 0;
  const decoder = new VideoDecoder({
    output(frame) {
      uncollected += frame.codedWidth * frame.codedHeight * 1.5;
      if (onFrame(frame) === "done") frame.close();
      if (uncollected < COLLECT_BYTES) return;
      uncollected = 0;
      globalThis.gc?.();
    },
    error: (error) => {
      failure ??= error;
    },
  });
  const { codec, codedWidth, codedHeight, description } = config;
  decoder.configure({
    codec,
    hardwareAcceleration: "prefer-software",
    ...(codedWidth !== undefined && { codedWidth }),
    ...(codedHeight !== undefined && { codedHeight }),
    ...(description !== undefined && { description }),
  });
  return wrap(
    decoder,
    () => failure,
    (packet) =>
      decoder.decode(
        new EncodedVideoChunk({
          type: packet.type,
          timestamp: packet.microsecondTimestamp,
          duration: packet.microsecondDuration,
          data: packet.data,
        }),
      ),
  );
}

/** A sound decoder for a track; what it decodes is only counted. */
export async function openAudioDecoder(track: InputAudioTrack): Promise<Decoder & Disposable> {
  const config = await track.getDecoderConfig();
  if (config === null) throw new MediaFault("codec_unsupported", "The sound has no decoder configuration");
  let failure: Error | undefined;
  const decoder = new AudioDecoder({
    output: (data) => data.close(),
    error: (error) => {
      failure ??= error;
    },
  });
  decoder.configure(config);
  return wrap(
    decoder,
    () => failure,
    (packet) =>
      decoder.decode(
        new EncodedAudioChunk({
          type: packet.type,
          timestamp: packet.microsecondTimestamp,
          duration: packet.microsecondDuration,
          data: packet.data,
        }),
      ),
  );
}

function wrap(
  decoder: VideoDecoder | AudioDecoder,
  complaint: () => Error | undefined,
  feed: Decoder["feed"],
): Decoder & Disposable {
  return {
    feed,
    complaint,
    queued: () => decoder.decodeQueueSize,
    dequeued: () =>
      new Promise((resolve) => decoder.addEventListener("dequeue", () => resolve(), { once: true })),
    flush: () => decoder.flush(),
    [Symbol.dispose]() {
      if (decoder.state !== "closed") decoder.close();
    },
  };
}
