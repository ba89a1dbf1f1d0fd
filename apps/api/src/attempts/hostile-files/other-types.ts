import { type HostileFile, MARKER } from "../hostile-files.ts";

/** Pages and programs that pose as pictures and films, and kinds that are not taken at all. */
export function otherTypes(port: number): HostileFile[] {
  const pages = PAGES.flatMap(([trick, text]) =>
    NAMES.map((name) => ({ kind: "page" as const, trick, filename: name, bytes: Buffer.from(text) })),
  );
  const others = OTHERS(port).flatMap(([trick, bytes]) =>
    ["picture.png", "film.mp4"].map((filename) => ({ kind: "other" as const, trick, filename, bytes })),
  );
  return [...pages, ...others];
}

const NAMES = ["index.html", "picture.jpg", "picture.svg", "film.mp4", "picture.png.html"];
const PAGES: [string, string][] = [
  ["page", `<!doctype html><script>alert("${MARKER}")</script>`],
  ["page behind white space", `\r\n\t  <html><body onload="alert('${MARKER}')">`],
  ["page behind a mark", `\ufeff<html><script>alert("${MARKER}")</script>`],
  ["page that talks of drawings", `<!-- <svg> --><html><script>alert("${MARKER}")</script>`],
  ["page with a drawing's document type", `<!DOCTYPE svg><html><script>alert("${MARKER}")</script></html>`],
  [
    "page in XML",
    `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><script>alert("${MARKER}")</script></html>`,
  ],
  ["page in UTF-7", `+ADw-script+AD4-alert("${MARKER}")+ADw-/script+AD4-`],
  ["script", `alert("${MARKER}");`],
  ["sheet", `body{background:url(//${MARKER})}`],
  ["form of a server", `<?php echo "${MARKER}"; ?>`],
  [
    "archive of a page",
    `MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<script>alert("${MARKER}")</script>`,
  ],
];

const text = (value: string) => Buffer.from(value);
const bytes = (hex: string, rest = MARKER) =>
  Buffer.concat([Buffer.from(hex, "hex"), Buffer.from(rest.repeat(40))]);

const OTHERS = (port: number): [string, Buffer][] => [
  ["playlist of files", text(`#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd#${MARKER}\n`)],
  [
    "playlist elsewhere",
    text(`#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:10.0,\nhttp://127.0.0.1:${port}/${MARKER}\n`),
  ],
  ["list to join", text(`ffconcat version 1.0\nfile /etc/passwd # ${MARKER}\n`)],
  [
    "manifest of a stream",
    text(`<?xml version="1.0"?><MPD><BaseURL>http://127.0.0.1:${port}/${MARKER}</BaseURL></MPD>`),
  ],
  [
    "drawing commands",
    text(`push graphic-context\nfill 'url(http://127.0.0.1:${port}/${MARKER}"|id")'\npop graphic-context`),
  ],
  [
    "script of a drawing program",
    text(`<?xml version="1.0"?><image><read filename="caption:@/etc/passwd ${MARKER}"/></image>`),
  ],
  ["PostScript", text(`%!PS-Adobe-3.0\n(%pipe%id) (w) file % ${MARKER}`)],
  ["encapsulated PostScript", bytes("c5d0d3c6")],
  ["PDF", text(`%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert("${MARKER}"))>>>>`)],
  ["zip", bytes("504b0304")],
  ["Java", bytes("cafebabe")],
  ["program for Linux", bytes("7f454c46")],
  ["program for Windows", bytes("4d5a9000")],
  ["gzip", bytes("1f8b0800")],
  ["bzip2", bytes("425a6839")],
  ["xz", bytes("fd377a585a00")],
  ["7z", bytes("377abcaf271c")],
  ["RAR", bytes("526172211a0700")],
  ["TIFF", bytes("49492a00")],
  ["TIFF, the other way", bytes("4d4d002a")],
  ["BMP", bytes("424d")],
  ["ICO", bytes("00000100")],
  ["PSD", bytes("38425053")],
  ["JPEG XL", bytes("ff0a")],
  ["JPEG 2000", bytes("0000000c6a5020200d0a870a")],
  ["HEIC", bytes("00000018667479706865696300000000")],
  ["QuickTime", bytes("0000001466747970717420200000000071742020")],
  ["AVI", bytes("52494646ffffff7f415649204c495354")],
  ["Matroska", bytes("1a45dfa3934282886d6174726f736b61")],
  ["Ogg", bytes("4f676753")],
  ["FLAC", bytes("664c6143")],
  ["MP3", bytes("494433")],
  ["FLV", bytes("464c5601")],
  ["Flash", bytes("465753")],
  ["font", bytes("0001000000")],
  ["database", bytes("53514c69746520666f726d6174203300")],
  ["serialized objects", bytes("aced0005")],
  ["WebAssembly", bytes("0061736d01000000")],
  ["nothing", Buffer.alloc(0)],
  ["one zero", Buffer.alloc(1)],
  ["a thousand zeros", Buffer.alloc(1000)],
];
