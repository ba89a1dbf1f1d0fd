import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { BufferSource, EncodedPacketSink, Input, MP4, WEBM } from "mediabunny";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Bench, openBench } from "./testing/bench.ts";
import { makeFilm } from "./testing/make-film.ts";

const run = promisify(execFile);
const hasFfmpeg = await run("ffmpeg", ["-version"]).then(
  () => true,
  () => false,
);
const PLACE = "+52.5200+013.4050/";

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench[Symbol.asyncDispose]());

describe("a film that browsers play is taken", () => {
  test("MP4 of H.264 and AAC: size, length, codecs, a picture of it, and its place gone without moving a byte", async () => {
    const raw = { "©xyz": PLACE, "com.apple.quicktime.location.ISO6709": PLACE };
    const file = await makeFilm({
      container: "mp4",
      codec: "avc",
      sound: "aac",
      tags: { title: "Secret", raw },
    });
    expect(file.includes(PLACE)).toBe(true);
    const { result, stored, thumbnail } = await bench.inspectFilm(file);
    expect(result).toMatchObject({
      mediaType: "video/mp4",
      width: 320,
      height: 180,
      codec: expect.stringMatching(/^avc1\.\w{6}, mp4a\.40\.2$/),
    });
    expect(Math.abs(result.durationMs - 2000)).toBeLessThanOrEqual(100);
    expect([PLACE, "Secret", "©xyz", "ISO6709"].filter((mark) => stored.includes(mark))).toEqual([]);
    expect(stored.length).toBe(file.length);
    expect(await packetsOf(stored)).toEqual(await packetsOf(file));
    expect(await sharp(thumbnail).metadata()).toMatchObject({ format: "webp", width: 320, height: 180 });
    expect(await redness(thumbnail)).toBeGreaterThan(1.5);
  });

  test("WebM of VP9 and Opus: its tags gone without moving a byte", async () => {
    const tags = { raw: { LOCATION: PLACE } };
    const file = await makeFilm({ container: "webm", codec: "vp9", sound: "opus", tags });
    expect(file.includes(PLACE)).toBe(true);
    const { result, stored } = await bench.inspectFilm(file);
    expect(result).toMatchObject({ mediaType: "video/webm", width: 320, height: 180 });
    expect(result.codec).toMatch(/^vp09\.00\.\S+, opus$/);
    expect(stored.includes(PLACE)).toBe(false);
    expect(stored.length).toBe(file.length);
    expect(await packetsOf(stored)).toEqual(await packetsOf(file));
  });

  test.each([
    ["mp4", "av1", /^av01/],
    ["webm", "vp8", /^vp8$/],
  ] as const)("%s of %s", async (container, codec, name) => {
    const { result } = await bench.inspectFilm(await makeFilm({ container, codec }));
    expect(result.codec).toMatch(name);
    expect(result).toMatchObject({ width: 320, height: 180 });
  });

  test("a film that stands on its side has the size and the picture that are seen", async () => {
    const file = await makeFilm({ container: "mp4", codec: "avc", rotation: 90 });
    const { result, thumbnail } = await bench.inspectFilm(file);
    expect(result).toMatchObject({ width: 180, height: 320 });
    expect(await sharp(thumbnail).metadata()).toMatchObject({ width: 180, height: 320 });
  });

  test("what lies in free space of an MP4, or in boxes that no player reads, is gone", async () => {
    const film = await makeFilm({ container: "mp4", codec: "avc" });
    const box = (type: string) => {
      const bytes = Buffer.concat([Buffer.alloc(4), Buffer.from(type), Buffer.from(PLACE)]);
      bytes.writeUInt32BE(bytes.length);
      return bytes;
    };
    const file = Buffer.concat([film, ...["free", "skip", "wide", "evil"].map(box)]);
    const { stored } = await bench.inspectFilm(file);
    expect(stored.includes(PLACE)).toBe(false);
    expect(stored.length).toBe(file.length);
    expect(await packetsOf(stored)).toEqual(await packetsOf(film));
    const emptied = await bench.inspectFilm(stored);
    expect(emptied.result.content).toEqual({
      kind: "edits",
      edits: [{ kind: "keep", start: 0, end: file.length }],
    });
  });

  test("a film with nothing to hide stays byte for byte", async () => {
    const { stored: cleaned } = await bench.inspectFilm(await makeFilm({ container: "mp4", codec: "avc" }));
    const { stored } = await bench.inspectFilm(cleaned);
    expect(stored.equals(cleaned)).toBe(true);
  });
});

describe("a film that would not play is refused, with the reason", () => {
  let avcFilm: Promise<Buffer> | undefined;
  let vp9Film: Promise<Buffer> | undefined;
  const avc = () => (avcFilm ??= makeFilm({ container: "mp4", codec: "avc", sound: "aac" }));
  const vp9 = () => (vp9Film ??= makeFilm({ container: "webm", codec: "vp9", sound: "opus" }));
  test.each<[string, string, () => Promise<Buffer>]>([
    ["H.265", "codec_unsupported", () => makeFilm({ container: "mp4", codec: "hevc" })],
    ["sound alone", "no_picture", () => makeFilm({ container: "mp4", codec: "none", sound: "aac" })],
    ["an MP4 cut in half", "damaged", async () => cut(await avc(), 0.5)],
    ["an MP4 without its last bytes", "damaged", async () => cut(await avc(), 0.999)],
    ["a WebM cut in half", "damaged", async () => cut(await vp9(), 0.5)],
    ["an MP4 whose pictures are noise", "damaged", async () => scramble(await avc(), "mdat")],
    ["a WebM whose index is noise", "damaged", async () => spoil(await vp9(), 60, 400)],
    ["an MP4 header alone", "damaged", async () => (await avc()).subarray(0, 28)],
    ["Matroska", "unsupported_type", async () => rename(await vp9(), "webm", "matr")],
    ["QuickTime", "unsupported_type", async () => quickTime(await avc())],
  ])("%s: %s", async (_, fault, make) => {
    expect(await bench.faultOf(await make())).toBe(fault);
  });

  test("a film whose media data is open-ended and cut is found by its missing packets", async () => {
    const file = await avc();
    const at = file.indexOf("mdat") - 4;
    const isLast = file.indexOf("moov") < at;
    const movie = isLast ? file : reorder(file);
    const start = movie.indexOf("mdat") - 4;
    const open = Buffer.from(movie);
    open.writeUInt32BE(0, start);
    expect(await bench.faultOf(cut(open, 0.9))).toBe("damaged");
  });
});

describe.skipIf(!hasFfmpeg)("films made by ffmpeg, where it is installed", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "vitrine-ffmpeg-"));
  });
  afterAll(() => rm(folder, { recursive: true }));
  const make = async (name: string, ...args: string[]) => {
    const path = join(folder, name);
    const source = ["-f", "lavfi", "-i", "testsrc2=size=640x360:rate=25", "-t", "1.2"];
    await run("ffmpeg", ["-v", "error", "-nostdin", "-y", ...source, ...args, path]);
    return readFile(path);
  };

  test.each([
    [
      "faststart.mp4",
      ["-c:v", "libx264", "-pix_fmt", "yuv420p", "-movflags", "+faststart", "-metadata", `location=${PLACE}`],
    ],
    ["fragmented.mp4", ["-c:v", "libx264", "-pix_fmt", "yuv420p", "-movflags", "+frag_keyframe+empty_moov"]],
    [
      "vp9.webm",
      ["-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-metadata", `location=${PLACE}`],
    ],
    ["live.webm", ["-c:v", "libvpx", "-live", "1", "-f", "webm"]],
  ])("%s", async (name, args) => {
    const file = await make(name, ...args);
    const { result, stored } = await bench.inspectFilm(file);
    expect(result).toMatchObject({ width: 640, height: 360 });
    expect(Math.abs(result.durationMs - 1200)).toBeLessThanOrEqual(80);
    expect([PLACE, PLACE.slice(0, 8)].filter((mark) => stored.includes(mark))).toEqual([]);
    const path = join(folder, `stored-${name}`);
    await writeFile(path, stored);
    const { stderr } = await run("ffmpeg", ["-v", "warning", "-nostdin", "-i", path, "-f", "null", "-"]);
    expect(stderr).toBe("");
  });

  test("H.264 of ten bits, which screens cannot decode, is refused", async () => {
    const file = await make("ten.mp4", "-c:v", "libx264", "-pix_fmt", "yuv420p10le");
    expect(await bench.faultOf(file)).toBe("codec_unsupported");
  });

  test("a track that is neither seen nor heard, such as a camera's positions, is blanked with its samples", async () => {
    const timecode = ["-timecode", "10:11:12:13"];
    const file = await make("timecode.mp4", "-c:v", "libx264", "-pix_fmt", "yuv420p", ...timecode);
    const sample = Buffer.alloc(4);
    sample.writeUInt32BE(((10 * 60 + 11) * 60 + 12) * 25 + 13);
    expect([file.includes(HANDLER), file.includes(sample)]).toEqual([true, true]);
    const { result, stored } = await bench.inspectFilm(file);
    expect([stored.includes(HANDLER), stored.includes(sample)]).toEqual([false, false]);
    expect(stored.length).toBe(file.length);
    expect(result).toMatchObject({ width: 640, height: 360 });
    expect(await packetsOf(stored)).toEqual(await packetsOf(file));
  });
});

/** What a handler box of a timecode track says it is. */
const HANDLER = Buffer.from("hdlr\0\0\0\0\0\0\0\0tmcd", "latin1");

/** Every packet of every track as (time, bytes), through a reader that is not ours. */
async function packetsOf(file: Buffer): Promise<string[][]> {
  using input = new Input({ source: new BufferSource(file), formats: [MP4, WEBM] });
  const tracks = await input.getTracks();
  return await Promise.all(
    tracks.map(async (track) => {
      const packets: string[] = [];
      for await (const packet of new EncodedPacketSink(track).packets()) {
        packets.push(`${packet.timestamp} ${Buffer.from(packet.data).toString("base64")}`);
      }
      return packets;
    }),
  );
}

async function redness(picture: Buffer): Promise<number> {
  const { channels } = await sharp(picture).stats();
  return (channels[0]?.mean ?? 0) / Math.max(1, channels[2]?.mean ?? 0);
}

function cut(file: Buffer, share: number): Buffer {
  return file.subarray(0, Math.floor(file.length * share));
}

function spoil(file: Buffer, start: number, end: number): Buffer {
  const copy = Buffer.from(file);
  for (let at = start; at < Math.min(end, copy.length); at++) copy[at] = (at * 167 + 13) % 256;
  return copy;
}

function scramble(file: Buffer, box: string): Buffer {
  const start = file.indexOf(box);
  return spoil(file, start + 4, start - 4 + file.readUInt32BE(start - 4));
}

function rename(file: Buffer, from: string, to: string): Buffer {
  const copy = Buffer.from(file);
  copy.write(to, copy.indexOf(from), "latin1");
  return copy;
}

function quickTime(file: Buffer): Buffer {
  const copy = Buffer.from(file);
  copy.write("qt  ", 8, "latin1");
  return copy;
}

/** The same film with its index before its media data: offsets in it are moved by its length. */
function reorder(file: Buffer): Buffer {
  const boxes: { type: string; bytes: Buffer }[] = [];
  for (let at = 0; at < file.length; ) {
    const length = file.readUInt32BE(at) === 1 ? Number(file.readBigUInt64BE(at + 8)) : file.readUInt32BE(at);
    boxes.push({
      type: file.toString("latin1", at + 4, at + 8),
      bytes: Buffer.from(file.subarray(at, at + length)),
    });
    at += length;
  }
  const movie = boxes.find(({ type }) => type === "moov")?.bytes;
  if (movie === undefined) throw new Error("No index");
  for (let at = movie.indexOf("stco"); at >= 0; at = movie.indexOf("stco", at + 4)) {
    const count = movie.readUInt32BE(at + 8);
    for (let index = 0; index < count; index++) {
      const place = at + 12 + index * 4;
      movie.writeUInt32BE(movie.readUInt32BE(place) + movie.length, place);
    }
  }
  const others = boxes.filter(({ type }) => type !== "moov" && type !== "mdat").map(({ bytes }) => bytes);
  const media = boxes.filter(({ type }) => type === "mdat").map(({ bytes }) => bytes);
  return Buffer.concat([...others.slice(0, 1), movie, ...others.slice(1), ...media]);
}
