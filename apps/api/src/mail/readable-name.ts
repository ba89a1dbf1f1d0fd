const MAX_CHARACTERS = 80;
const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });

/**
 * A name that somebody chose, as it is written in a message to a stranger: one line of at most 80 characters, without
 * characters that turn the direction of what follows, and with nothing that a mail program makes a link of.
 */
export function readableName(name: string): string {
  const line = name
    .toWellFormed()
    .replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "")
    .replace(/[\p{Cc}\s]+/gu, " ")
    .trim();
  const characters = [...segmenter.segment(line)].map(({ segment }) => segment);
  const short =
    characters.length > MAX_CHARACTERS ? `${characters.slice(0, MAX_CHARACTERS - 1).join("")}…` : line;
  // A zero-width space ends what programs take for an address, and nobody sees it.
  return short.replace(/([.:/@])(?=\S)/g, "$1\u200b");
}
