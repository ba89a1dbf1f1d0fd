import "@napi-rs/webcodecs/polyfill";
import {
  AudioSample,
  AudioSampleSource,
  BufferTarget,
  type MetadataTags,
  Mp4OutputFormat,
  Output,
  VideoSample,
  VideoSampleSource,
  WebMOutputFormat,
} from "mediabunny";

/** A film to make: a red, then a blue half with a moving white bar, and a tone where it has sound. */
export type FilmRecipe = {
  container: "mp4" | "webm";
  codec: "avc" | "hevc" | "vp8" | "vp9" | "av1" | "none";
  sound?: "aac" | "opus";
  width?: number;
  height?: number;
  seconds?: number;
  rotation?: 0 | 90 | 180 | 270;
  tags?: MetadataTags;
};

const FRAMES_PER_SECOND = 10;
const SAMPLE_RATE = 48_000;

/** Encodes a film for real, for tests: needs nothing that the product does not need itself. */
export async function makeFilm(recipe: FilmRecipe): Promise<Buffer> {
  const { width = 320, height = 180, seconds = 2, rotation = 0 } = recipe;
  // The encoders of this library do not keep the process alive while they work.
  const awake = setInterval(() => {}, 1000);
  try {
    const target = new BufferTarget();
    const format = recipe.container === "mp4" ? new Mp4OutputFormat() : new WebMOutputFormat();
    const output = new Output({ format, target });
    const picture =
      recipe.codec === "none" ? undefined : new VideoSampleSource({ codec: recipe.codec, bitrate: 300_000 });
    const sound = recipe.sound && new AudioSampleSource({ codec: recipe.sound, bitrate: 64_000 });
    if (picture) output.addVideoTrack(picture, { rotation });
    if (sound) output.addAudioTrack(sound);
    if (recipe.tags) output.setMetadataTags(recipe.tags);
    await output.start();
    for (let frame = 0; picture && frame < seconds * FRAMES_PER_SECOND; frame++) {
      const timestamp = frame / FRAMES_PER_SECOND;
      using sample = new VideoSample(drawFrame(width, height, frame, timestamp < seconds / 2), {
        format: "I420",
        codedWidth: width,
        codedHeight: height,
        timestamp,
        duration: 1 / FRAMES_PER_SECOND,
        colorSpace: { primaries: "bt709", transfer: "bt709", matrix: "bt709", fullRange: false },
      });
      await picture.add(sample);
    }
    if (sound) {
      using sample = new AudioSample({
        data: drawTone(seconds),
        format: "f32",
        numberOfChannels: 1,
        sampleRate: SAMPLE_RATE,
        timestamp: 0,
      });
      await sound.add(sample);
    }
    await output.finalize();
    return Buffer.from(target.buffer ?? new ArrayBuffer(0));
  } finally {
    clearInterval(awake);
  }
}

/** A frame in I420: brightness of every pixel, then the two colours of every fourth. */
function drawFrame(width: number, height: number, frame: number, isFirstHalf: boolean): Uint8Array {
  const pixels = new Uint8Array(width * height * 1.5);
  const [brightness, blue, red] = isFirstHalf ? [80, 100, 210] : [60, 220, 110];
  pixels.fill(brightness, 0, width * height);
  pixels.fill(blue, width * height, width * height * 1.25);
  pixels.fill(red, width * height * 1.25);
  const bar = (frame * 8) % (width - 8);
  for (let row = 0; row < height; row++) pixels.fill(235, row * width + bar, row * width + bar + 8);
  return pixels;
}

function drawTone(seconds: number): Float32Array {
  const samples = Math.round(seconds * SAMPLE_RATE);
  return Float32Array.from(
    { length: samples },
    (_, at) => 0.2 * Math.sin((at * 2 * Math.PI * 440) / SAMPLE_RATE),
  );
}
