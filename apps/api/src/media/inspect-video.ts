import { MAX_PIXELS } from "@vitrine/core/model/asset";
import { MAX_DURATION_MS } from "@vitrine/core/model/organization";
import {
  EncodedPacketSink,
  FilePathSource,
  Input,
  type InputAudioTrack,
  type InputVideoTrack,
  MP4,
  WEBM,
} from "mediabunny";
import { openByteSource } from "./byte-source.ts";
import { cleanMp4 } from "./containers/mp4.ts";
import { cleanWebm } from "./containers/webm.ts";
import { decodeWindow, surveyTrack, type TrackSurvey } from "./decode-track.ts";
import { openAudioDecoder, openVideoDecoder } from "./decoders.ts";
import type { Edit } from "./edits.ts";
import type { Film } from "./inspection.ts";
import { damaged, MediaFault } from "./media-fault.ts";
import { makePoster, type Poster } from "./poster.ts";
import { MEDIA_TYPE_OF, type VideoFormat } from "./sniff-media.ts";
import { chooseWindows, type Window } from "./video-windows.ts";

/** What browsers play in these containers. */
const PICTURES = new Set<string | null>(["avc", "vp8", "vp9", "av1"]);
const SOUNDS = new Set<string | null>(["aac", "opus", "mp3", "vorbis"]);
/** H.264 beyond 8 bits and 4:2:0 has no decoder in most screens. */
const PLAIN_FORMATS = new Set<string | null>(["I420", "NV12"]);

/**
 * Checks a film: the container's structure to its end, every packet's place, and the pictures and sounds of the
 * windows that `chooseWindows` names (a film of ordinary length: all of them). Throws `MediaFault`.
 */
export async function inspectVideo(path: string, format: VideoFormat, outputDir: string): Promise<Film> {
  const edits = await clean(path, format);
  using input = new Input({ source: new FilePathSource(path), formats: [format === "mp4" ? MP4 : WEBM] });
  const { picture, sounds, codec } = await chooseTracks(input);
  const pictureSink = new EncodedPacketSink(picture);
  const pictureSurvey = await surveyTrack(pictureSink);
  const heard = await Promise.all(sounds.map(surveySound));
  const endSeconds = Math.max(pictureSurvey.endSeconds, ...heard.map(({ survey }) => survey.endSeconds));
  const durationMs = Math.round(endSeconds * 1000);
  if (durationMs > MAX_DURATION_MS) throw new MediaFault("too_long", `${durationMs} ms`);
  if (durationMs < 1) throw damaged("The film has no length");
  const windows = chooseWindows({
    durationSeconds: endSeconds,
    frameCount: pictureSurvey.packetCount,
    framePixels: (await picture.getCodedWidth()) * (await picture.getCodedHeight()),
  });
  using poster = makePoster(endSeconds);
  await decodePicture(picture, pictureSink, pictureSurvey, windows, poster);
  for (const { track, sink, survey } of heard) await decodeSound(track, sink, survey, windows);
  const width = await picture.getDisplayWidth();
  const height = await picture.getDisplayHeight();
  await poster.write({ width, height, rotation: await picture.getRotation() }, outputDir);
  return {
    kind: "video",
    mediaType: MEDIA_TYPE_OF[format],
    width,
    height,
    durationMs,
    codec,
    content: { kind: "edits", edits },
    thumbnail: { name: "thumbnail" },
  };
}

async function clean(path: string, format: VideoFormat): Promise<Edit[]> {
  await using source = await openByteSource(path);
  return await (format === "mp4" ? cleanMp4(source) : cleanWebm(source));
}

async function chooseTracks(input: Input) {
  const picture = await input.getPrimaryVideoTrack();
  if (picture === null) throw new MediaFault("no_picture", "The file has no picture track");
  const pixels = (await picture.getCodedWidth()) * (await picture.getCodedHeight());
  if (pixels > MAX_PIXELS) throw new MediaFault("too_many_pixels", `${pixels} pixels`);
  const sounds = await input.getAudioTracks();
  const tracks = [picture, ...sounds];
  const codecs: string[] = [];
  for (const track of tracks) {
    const known = track === picture ? PICTURES : SOUNDS;
    const name = await track.getCodec();
    if (!known.has(name)) {
      throw new MediaFault(
        "codec_unsupported",
        `${name ?? (await track.getInternalCodecId())} is not played`,
      );
    }
    codecs.push((await track.getCodecParameterString()) ?? String(name));
  }
  return { picture, sounds, codec: codecs.join(", ").slice(0, 200) };
}

async function surveySound(track: InputAudioTrack) {
  const sink = new EncodedPacketSink(track);
  return { track, sink, survey: await surveyTrack(sink) };
}

async function decodePicture(
  track: InputVideoTrack,
  sink: EncodedPacketSink,
  survey: TrackSurvey,
  windows: readonly Window[],
  poster: Poster,
): Promise<void> {
  const mustBePlain = (await track.getCodec()) === "avc";
  for (const window of windows) {
    let frames = 0;
    let format: string | null = null;
    using decoder = await openVideoDecoder(track, (frame) => {
      frames += 1;
      format ??= frame.format;
      return poster.offer(frame);
    });
    await decodeWindow(sink, window, survey, decoder);
    if (frames === 0) throw damaged("No frame can be decoded");
    if (mustBePlain && !PLAIN_FORMATS.has(format)) {
      throw new MediaFault("codec_unsupported", `H.264 with ${format} frames`);
    }
  }
}

async function decodeSound(
  track: InputAudioTrack,
  sink: EncodedPacketSink,
  survey: TrackSurvey,
  windows: readonly Window[],
): Promise<void> {
  for (const window of windows) {
    if (window.from >= survey.endSeconds) continue;
    using decoder = await openAudioDecoder(track);
    await decodeWindow(sink, window, survey, decoder);
  }
}
