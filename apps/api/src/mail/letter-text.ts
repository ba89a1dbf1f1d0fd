import type { Letter } from "./letter.ts";

/** A letter in plain text; lines are as long as they are, since mail programs wrap them. */
export function writeText({ heading, paragraphs, facts, action, note, choice }: Letter): string {
  const blocks = [
    heading,
    ...paragraphs,
    facts.map(({ label, value }) => `${label}: ${value}`).join("\n"),
    `${action.label}:\n${action.url}`,
    // RFC 3676, 4.3: what programs show as less important.
    `-- \n${note}${choice ? `\n${choice.label} ${choice.url}` : ""}`,
  ];
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}
