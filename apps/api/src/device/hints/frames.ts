import type { LiveWord } from "@vitrine/core/model/device-protocol";

const FINAL_TEXT = 0x81;
const TWO_BYTES = 126;

/**
 * One text as it travels, made once and written to any number of live connections: a whole, unmasked frame of
 * RFC 6455. Longer than 65,535 bytes is none of our words.
 */
export function frameOf(word: LiveWord): Buffer {
  const text = JSON.stringify(word);
  const size = Buffer.byteLength(text);
  const head = size < TWO_BYTES ? 2 : 4;
  const frame = Buffer.allocUnsafe(head + size);
  frame[0] = FINAL_TEXT;
  frame[1] = Math.min(size, TWO_BYTES);
  if (head === 4) frame.writeUInt16BE(size, 2);
  frame.write(text, head);
  return frame;
}
