const MOST_LETTERS = 50;

/** What was typed as a tag: in small letters, without space around it; empty: it is none. */
export function tagOf(text: string): string {
  return text.trim().toLowerCase().slice(0, MOST_LETTERS).trim();
}
