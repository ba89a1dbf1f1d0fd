const LETTERS = /[^BCDFGHJKLMNPQRSTVWXZ]/g;
const LENGTH = 12;
const GROUPS = /.{1,4}/g;

/** The letters of a code in what was typed or pasted: bare, grouped, or inside the address of the glass's QR. */
export function codeLetters(typed: string): string {
  const inAddress = /[?&]code=([^&#\s]+)/i.exec(typed)?.[1];
  const plain = inAddress ? safeDecode(inAddress) : typed;
  return plain.toUpperCase().replace(LETTERS, "").slice(0, LENGTH);
}

/** A code in groups of four, as the glass shows it; a space comes with the letter behind it. */
export function groupedCode(letters: string): string {
  return (letters.match(GROUPS) ?? []).join(" ");
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
