import { crc32 } from "node:zlib";

/** A value as one line: CRC-32 of the JSON in eight hexadecimal digits, a space, the JSON, a line feed. */
export function toLine(value: unknown): string {
  const json = JSON.stringify(value);
  return `${checksum(json)} ${json}\n`;
}

/** The values of a segment in order. Lines that a crash left half-written or a disk garbled are left out. */
export function* readLines(bytes: Uint8Array): Generator<unknown> {
  for (const line of Buffer.from(bytes).toString("utf8").split("\n")) {
    const json = line.slice(9);
    if (line[8] === " " && line.slice(0, 8) === checksum(json)) yield JSON.parse(json);
  }
}

function checksum(text: string): string {
  return crc32(text).toString(16).padStart(8, "0");
}
