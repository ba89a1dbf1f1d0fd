import { crc32, deflateSync } from "node:zlib";
import sharp, { type Sharp } from "sharp";

/** What a phone writes beside a picture, as `sharp` takes it: a maker, and a place in Berlin. */
export const PHONE_EXIF = {
  IFD0: { Make: "PhoneMaker", Model: "SecretModel 9" },
  IFD3: {
    GPSLatitudeRef: "N",
    GPSLatitude: "52/1 31/1 12/1",
    GPSLongitudeRef: "E",
    GPSLongitude: "13/1 24/1 18/1",
  },
};
export const XMP = `<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
 photoshop:City="SecretTown"/></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`;

/** A picture with detail: four coloured quarters (red, green, blue, white clockwise from the top left) and noise. */
export function drawQuarters(width: number, height: number): Sharp {
  const half = { width: Math.ceil(width / 2), height: Math.ceil(height / 2) };
  const quarter = (background: string, left: number, top: number) => ({
    input: { create: { ...half, channels: 3 as const, background } },
    left,
    top,
  });
  return sharp({ create: { width, height, channels: 3, background: "#ffffff" } }).composite([
    quarter("#d01010", 0, 0),
    quarter("#10a010", Math.floor(width / 2), 0),
    quarter("#ffffff", 0, Math.floor(height / 2)),
    quarter("#1010d0", Math.floor(width / 2), Math.floor(height / 2)),
  ]);
}

/** A PNG chunk with a right checksum. */
export function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

/** A PNG of a few kilobytes that claims to be enormous. */
export function pngBomb(side: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from("89504e470d0a1a0a", "hex"),
    pngChunk("IHDR", header),
    pngChunk("IDAT", deflateSync(Buffer.alloc(1_000_000))),
    pngChunk("IEND", Buffer.alloc(0)),
  ]);
}

/** A GIF of three frames, red, green and blue, that loops, with a comment. */
export async function makeGif(): Promise<Buffer> {
  const frames = await Promise.all(
    ["#d01010", "#10a010", "#1010d0"].map((background) =>
      sharp({ create: { width: 80, height: 60, channels: 3, background } })
        .png()
        .toBuffer(),
    ),
  );
  const gif = await sharp(frames, { join: { animated: true } })
    .gif({ delay: [100, 100, 100], loop: 0 })
    .toBuffer();
  const comment = Buffer.concat([Buffer.from([0x21, 0xfe, 10]), Buffer.from("SecretNote"), Buffer.from([0])]);
  return Buffer.concat([gif.subarray(0, -1), comment, gif.subarray(-1)]);
}
