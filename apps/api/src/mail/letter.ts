import { writeHtml } from "./letter-html.ts";
import { writeText } from "./letter-text.ts";

/** What a message says, from which both of its forms are written. Every text is plain. */
export type Letter = {
  /** BCP 47. */
  language: string;
  subject: string;
  /** What inboxes show behind the subject. */
  preheader: string;
  /** Whose message it is, and their colour, `#rrggbb`; null: ours. `logo`: the id of the picture that comes with it. */
  brand: { name: string; color: string | null; logo?: string | undefined };
  heading: string;
  paragraphs: readonly string[];
  facts: readonly { label: string; value: string }[];
  action: { label: string; url: string; addressHint: string };
  /** Why it came, and what to do if it should not have. */
  note: string;
  /** Where its reader says whether they want such messages; absent: nobody is asked. */
  choice?: { label: string; url: string };
};

/** Writes a letter as a subject and two bodies that say the same. */
export function writeLetter(letter: Letter): { subject: string; text: string; html: string } {
  return { subject: letter.subject, text: writeText(letter), html: writeHtml(letter) };
}
