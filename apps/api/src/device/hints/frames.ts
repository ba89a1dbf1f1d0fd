import type { LiveWord } from "@vitrine/core/model/device-protocol";

/** One text as it travels, made once and written to any number of live connections. */
export function frameOf(word: LiveWord): Buffer {
  return Buffer.from(JSON.stringify(word));
}
