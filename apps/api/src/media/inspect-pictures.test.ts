import { writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Bench, openBench } from "./testing/bench.ts";
import { drawQuarters, makeGif, PHONE_EXIF, pngBomb, pngChunk, XMP } from "./testing/make-pictures.ts";

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench[Symbol.asyncDispose]());

const MARKS = ["PhoneMaker", "SecretModel", "SecretTown", "SecretNote", "<script"];

describe("what nobody should see is gone", () => {
  test("a phone's 12 MP JPEG stands upright, keeps its colours and loses its place", async () => {
    const file = await drawQuarters(4032, 3024)
      .jpeg({ quality: 90 })
      .withIccProfile("p3")
      .withExif(PHONE_EXIF)
      .withMetadata({ orientation: 6 })
      .toBuffer();
    expect((await sharp(file).metadata()).exif).toBeDefined();
    const { result, stored, thumbnail } = await bench.inspectPicture(file);
    expect(result).toMatchObject({ mediaType: "image/jpeg", width: 3024, height: 4032 });
    expect(MARKS.filter((mark) => stored.includes(mark))).toEqual([]);
    const metadata = await sharp(stored).metadata();
    expect(metadata).toMatchObject({ format: "jpeg", width: 3024, height: 4032 });
    expect([metadata.exif, metadata.orientation]).toEqual([undefined, undefined]);
    expect(metadata.icc).toBeDefined();
    // Turned clockwise by a quarter, the red quarter goes from the top left to the top right.
    expect(await colourAt(stored, 0.75, 0.25)).toEqual("red");
    expect(await colourAt(stored, 0.25, 0.25)).toEqual("white");
    expect(await sharp(thumbnail).metadata()).toMatchObject({ format: "webp", width: 480, height: 640 });
    expect(await colourAt(thumbnail, 0.75, 0.25)).toEqual("red");
  });

  test("an upright JPEG keeps every pixel; EXIF, XMP, a comment and a page hidden behind it are left out", async () => {
    const clean = await drawQuarters(800, 600).jpeg().toBuffer();
    const marked = await sharp(clean).jpeg({ quality: 80 }).withExif(PHONE_EXIF).withXmp(XMP).toBuffer();
    const comment = Buffer.concat([Buffer.from([0xff, 0xfe, 0, 12]), Buffer.from("SecretNote")]);
    const file = Buffer.concat([marked.subarray(0, 2), comment, marked.subarray(2), PAGE]);
    const { result, stored } = await bench.inspectPicture(file);
    expect(result).toMatchObject({
      mediaType: "image/jpeg",
      width: 800,
      height: 600,
      content: { kind: "edits" },
    });
    expect(MARKS.filter((mark) => stored.includes(mark))).toEqual([]);
    expect((await sharp(stored).raw().toBuffer()).equals(await sharp(file).raw().toBuffer())).toBe(true);
  });

  test("a progressive JPEG with nothing to hide stays byte for byte", async () => {
    const file = await drawQuarters(801, 601).jpeg({ progressive: true }).toBuffer();
    const { stored } = await bench.inspectPicture(file);
    expect(stored.equals(file)).toBe(true);
  });

  test("a PNG loses texts, EXIF and what follows its end, and no pixel", async () => {
    const clean = await drawQuarters(300, 200).png().toBuffer();
    const text = pngChunk("tEXt", Buffer.from("Author\0SecretNote"));
    const exif = (await sharp(clean).withExif(PHONE_EXIF).png().toBuffer()).subarray(0, -12);
    const file = Buffer.concat([exif, text, clean.subarray(-12), PAGE]);
    const { result, stored } = await bench.inspectPicture(file);
    expect(result).toMatchObject({ mediaType: "image/png", width: 300, height: 200 });
    expect(MARKS.filter((mark) => stored.includes(mark))).toEqual([]);
    expect((await sharp(stored).metadata()).exif).toBeUndefined();
    expect((await sharp(stored).raw().toBuffer()).equals(await sharp(clean).raw().toBuffer())).toBe(true);
    expect((await bench.inspectPicture(clean)).stored.equals(clean)).toBe(true);
  });

  test("a PNG keeps its colour profile, and loses what only claims to be one or unfolds without end", async () => {
    const clean = await drawQuarters(300, 200).png().withIccProfile("p3").toBuffer();
    const { stored } = await bench.inspectPicture(clean);
    expect(stored.equals(clean)).toBe(true);
    const plain = await drawQuarters(300, 200).png().toBuffer();
    for (const inside of [Buffer.from("SecretNote"), Buffer.alloc(200_000_000)]) {
      const profile = pngChunk("iCCP", Buffer.concat([Buffer.from("SecretModel\0\0"), deflateSync(inside)]));
      const claimed = Buffer.concat([plain.subarray(0, 33), profile, plain.subarray(33)]);
      expect((await bench.inspectPicture(claimed)).stored.equals(plain)).toBe(true);
    }
  });

  test("a WebP loses EXIF and XMP, and no pixel", async () => {
    const file = await drawQuarters(300, 200)
      .webp({ lossless: true })
      .withExif(PHONE_EXIF)
      .withXmp(XMP)
      .toBuffer();
    const { result, stored } = await bench.inspectPicture(Buffer.concat([file, PAGE]));
    expect(result).toMatchObject({ mediaType: "image/webp", content: { kind: "edits" } });
    expect(MARKS.filter((mark) => stored.includes(mark))).toEqual([]);
    const metadata = await sharp(stored).metadata();
    expect([metadata.exif, metadata.xmp]).toEqual([undefined, undefined]);
    expect((await sharp(stored).raw().toBuffer()).equals(await sharp(file).raw().toBuffer())).toBe(true);
  });

  test("an AVIF loses EXIF and XMP, and no pixel; one without stays byte for byte", async () => {
    const plain = await drawQuarters(320, 200).avif({ effort: 0 }).toBuffer();
    const kept = await bench.inspectPicture(plain);
    expect(kept.result).toMatchObject({ mediaType: "image/avif", width: 320, height: 200 });
    expect(kept.stored.equals(plain)).toBe(true);
    const marked = await drawQuarters(320, 200)
      .avif({ effort: 0 })
      .withExif(PHONE_EXIF)
      .withXmp(XMP)
      .toBuffer();
    expect(MARKS.filter((mark) => marked.includes(mark))).toEqual([
      "PhoneMaker",
      "SecretModel",
      "SecretTown",
    ]);
    const { stored } = await bench.inspectPicture(marked);
    expect(MARKS.filter((mark) => stored.includes(mark))).toEqual([]);
    const metadata = await sharp(stored).metadata();
    expect([metadata.exif, metadata.xmp]).toEqual([undefined, undefined]);
    expect((await sharp(stored).raw().toBuffer()).equals(await sharp(marked).raw().toBuffer())).toBe(true);
  });

  test("an animated GIF keeps its frames and loses its comment", async () => {
    const file = await makeGif();
    const { result, stored, thumbnail } = await bench.inspectPicture(Buffer.concat([file, PAGE]));
    expect(result).toMatchObject({ kind: "image", mediaType: "image/gif", width: 80, height: 60 });
    expect(MARKS.filter((mark) => stored.includes(mark))).toEqual([]);
    expect(await sharp(stored, { animated: true }).metadata()).toMatchObject({ pages: 3, loop: 0 });
    expect(await colourAt(thumbnail, 0.5, 0.5)).toBe("red");
  });

  test("an animated WebP keeps its frames", async () => {
    const file = await sharp(await makeGif(), { animated: true })
      .webp()
      .toBuffer();
    const { stored } = await bench.inspectPicture(file);
    expect((await sharp(stored, { animated: true }).metadata()).pages).toBe(3);
    expect(stored.equals(file)).toBe(true);
  });
});

describe("a drawing", () => {
  test("becomes a picture: nothing in it runs, nothing is fetched, no file is read", async () => {
    const requests: string[] = [];
    const server = createServer((request, response) => {
      requests.push(request.url ?? "");
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = typeof address === "object" ? address?.port : 0;
    const secret = join(bench.folder, "uploads", "secret.png");
    await writeFile(
      secret,
      await sharp({ create: { width: 50, height: 50, channels: 3, background: "#d01010" } })
        .png()
        .toBuffer(),
    );
    const file = Buffer.from(`<?xml version="1.0"?><!-- a drawing -->
      <!DOCTYPE svg [<!ENTITY note "written here">]>
      <svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 100 50"
        onload="fetch('http://127.0.0.1:${port}/onload')">
        <script href="http://127.0.0.1:${port}/script.js">fetch("http://127.0.0.1:${port}/ran")</script>
        <style>@import url("http://127.0.0.1:${port}/style.css");</style>
        <rect width="100" height="50" fill="#10a010"/>
        <image href="http://127.0.0.1:${port}/picture.png" width="50" height="50"/>
        <image xlink:href="file://${secret}" width="50" height="50"/>
        <image href="secret.png" width="50" height="50"/>
        <use href="http://127.0.0.1:${port}/other.svg#a"/>
        <foreignObject width="100" height="50"><iframe xmlns="http://www.w3.org/1999/xhtml"
          src="http://127.0.0.1:${port}/frame"/></foreignObject>
        <text>&note;</text></svg>`);
    const { result, stored, thumbnail } = await bench.inspectPicture(file);
    server.close();
    expect(result).toMatchObject({ kind: "image", mediaType: "image/png", width: 3840, height: 1920 });
    expect(await sharp(stored).metadata()).toMatchObject({ format: "png", width: 3840, height: 1920 });
    expect(await colourAt(stored, 0.2, 0.5)).toBe("green");
    expect(await colourAt(thumbnail, 0.2, 0.5)).toBe("green");
    expect(requests).toEqual([]);
  });

  test.each([
    ["millimetres", 'width="210mm" height="297mm" viewBox="0 0 210 297"', 210 / 297],
    ["pixels", 'width="30" height="20"', 1.5],
    ["percent", 'width="100%" height="100%" viewBox="0 0 16 9"', 16 / 9],
    ["a box alone", 'viewBox="0 0 2000 5000"', 0.4],
  ])("in %s is drawn as large as a 4K screen", async (_, size, ratio) => {
    const file = Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" ${size}><rect width="99" height="99"/></svg>`,
    );
    const { result } = await bench.inspectPicture(file);
    expect(Math.abs(Math.max(result.width, result.height) - 3840)).toBeLessThan(40);
    expect(result.width / result.height).toBeCloseTo(ratio, 1);
  });

  test("that refers to itself a million million times is refused", async () => {
    const uses = Array.from(
      { length: 15 },
      (_, at) => `<g id="a${at + 1}">${`<use href="#a${at}"/>`.repeat(10)}</g>`,
    ).join("");
    const file = Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><defs>
      <g id="a0"/>${uses}</defs><use href="#a15"/></svg>`);
    expect(await bench.faultOf(file)).toBe("damaged");
  });

  test("that asks for a file's text is refused", async () => {
    const file = Buffer.from(`<!DOCTYPE svg [<!ENTITY secret SYSTEM "file:///etc/hostname">]>
      <svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><text>&secret;</text></svg>`);
    expect(await bench.faultOf(file)).toBe("damaged");
  });

  test("that is no drawing is damaged", async () => {
    expect(await bench.faultOf(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><rect'))).toBe("damaged");
  });

  test("that grows without end is refused within its bounds", async () => {
    const laughs = Array.from(
      { length: 12 },
      (_, at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`,
    ).join("");
    const file = Buffer.from(`<!DOCTYPE svg [<!ENTITY l0 "lol">${laughs}]>
      <svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><text>&l12;</text></svg>`);
    expect(["damaged", "processing_stopped", "too_many_pixels", "unsupported_type"]).toContain(
      await bench.faultOf(file),
    );
  });
});

describe("what is no picture is refused, with the reason", () => {
  test.each<[string, string, () => Buffer | Promise<Buffer>]>([
    ["nothing at all", "empty", () => Buffer.alloc(0)],
    ["a page called .jpg", "unsupported_type", () => PAGE],
    ["a program", "unsupported_type", () => Buffer.from("7f454c4602010100", "hex")],
    ["a PDF", "unsupported_type", () => Buffer.from("%PDF-1.7\n%âãÏÓ\n")],
    ["a ZIP", "unsupported_type", () => Buffer.from("504b03041400000008", "hex")],
    [
      "a page that mentions svg",
      "unsupported_type",
      () => Buffer.from("<html><body><svg></svg></body></html>"),
    ],
    ["a TIFF", "unsupported_type", () => drawQuarters(20, 20).tiff().toBuffer()],
    ["a PNG of 50,000 by 50,000", "too_many_pixels", () => pngBomb(50_000)],
    ["a JPEG cut in half", "damaged", () => drawQuarters(900, 600).jpeg().toBuffer().then(half)],
    ["a PNG cut in half", "damaged", () => noisy().png().toBuffer().then(half)],
    ["a WebP cut in half", "damaged", () => noisy().webp().toBuffer().then(half)],
    ["an AVIF cut in half", "damaged", () => noisy().avif({ effort: 0 }).toBuffer().then(half)],
    ["a GIF cut in half", "damaged", () => makeGif().then(half)],
    [
      "a JPEG's first bytes, then a page",
      "damaged",
      () => Buffer.concat([Buffer.from("ffd8ffe0", "hex"), PAGE]),
    ],
    ["a PNG with a flipped byte", "damaged", () => noisy().png().toBuffer().then(flip)],
    ["a GIF header of 65,535 by 65,535", "too_many_pixels", gifBomb],
  ])("%s: %s", async (_, fault, make) => {
    expect(await bench.faultOf(await make())).toBe(fault);
  });
});

const PAGE = Buffer.from("<!doctype html><html><body><script>alert(1)</script></body></html>");

function noisy() {
  const channels = 3;
  const raw = { width: 200, height: 150, channels } as const;
  return sharp(Buffer.from(Array.from({ length: 200 * 150 * channels }, (_, at) => (at * 7919) % 251)), {
    raw,
  });
}

function half(bytes: Buffer): Buffer {
  return bytes.subarray(0, Math.floor(bytes.length / 2));
}

function flip(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  const at = Math.floor(copy.length / 2);
  copy[at] = (copy[at] ?? 0) ^ 0xff;
  return copy;
}

function gifBomb(): Buffer {
  return Buffer.concat([
    Buffer.from("GIF89a", "latin1"),
    Buffer.from([0xff, 0xff, 0xff, 0xff, 0x80, 0, 0, 0, 0, 0, 255, 255, 255]),
    Buffer.from([0x2c, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0, 2, 2, 0x4c, 0x01, 0, 0x3b]),
  ]);
}

/** The quarter colour nearest to what the picture shows at a place given as fractions of its sides. */
async function colourAt(picture: Buffer, x: number, y: number): Promise<string | undefined> {
  const { data, info } = await sharp(picture)
    .removeAlpha()
    .toColourspace("srgb")
    .raw()
    .toBuffer({ resolveWithObject: true });
  const at = (Math.floor(info.height * y) * info.width + Math.floor(info.width * x)) * info.channels;
  const shown = [...data.subarray(at, at + 3)];
  const distance = (colour: number[]) =>
    colour.reduce((sum, one, index) => sum + Math.abs(one - (shown[index] ?? 0)), 0);
  const colours: [string, number[]][] = [
    ["red", [208, 16, 16]],
    ["green", [16, 160, 16]],
    ["blue", [16, 16, 208]],
    ["white", [255, 255, 255]],
  ];
  return colours.toSorted((a, b) => distance(a[1]) - distance(b[1]))[0]?.[0];
}
