const LETTERS = /[^BCDFGHJKLMNPQRSTVWXZ]/g;
const LENGTH = 8;

/** The letters of a code in what was typed or pasted: bare, grouped, or inside the address of the glass's QR. */
export function codeLetters(typed: string): string {
  const inAddress = /[?&]code=([^&#\s]+)/i.exec(typed)?.[1];
  const plain = inAddress ? safeDecode(inAddress) : typed;
  return plain.toUpperCase().replace(LETTERS, "").slice(0, LENGTH);
}

/** A code in two groups, as the glass shows it; the space comes with the fifth letter. */
export function groupedCode(letters: string): string {
  return letters.length > 4 ? `${letters.slice(0, 4)} ${letters.slice(4)}` : letters;
}

/** Whether all letters of a code are there. */
export function isWholeCode(letters: string): boolean {
  return letters.length === LENGTH;
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
