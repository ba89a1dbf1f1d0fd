import { writeLetter } from "../letter.ts";
import { messages } from "../messages.ts";
import { readableName } from "../readable-name.ts";

/** What a message about a domain tells. */
export type DomainFacts = {
  organizationName: string;
  /** `#rrggbb`; null: ours. */
  brandColor: string | null;
  /** Of the reader. */
  name: string;
  domain: string;
  recordName: string;
  /** Until when the domain is trusted without its record; null: it is trusted no more. */
  until: Date | null;
  url: string;
};

/** The message that a domain's record is gone, or that it is trusted no more for that. */
export function domainLetter(
  { organizationName, brandColor, name, domain, recordName, until, url }: DomainFacts,
  language: keyof typeof messages = "en",
): { subject: string; text: string; html: string } {
  const texts = messages[language];
  const organization = readableName(organizationName);
  const letter = until === null ? texts.domain.lost : texts.domain.missing;
  const facts = {
    domain: readableName(domain),
    organization,
    until: until === null ? "" : texts.instant(until),
  };
  return writeLetter({
    language: texts.language,
    subject: letter.subject(facts),
    preheader: letter.preheader(facts),
    brand: { name: organization, color: brandColor },
    heading: letter.subject(facts),
    paragraphs: [texts.account.hello(readableName(name)), letter.text(facts)],
    facts: [{ label: texts.domain.record, value: readableName(recordName) }],
    action: { label: texts.domain.action, url, addressHint: texts.addressHint },
    note: texts.domain.why(facts),
  });
}
