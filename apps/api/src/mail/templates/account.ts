import type { BrowserView, LinkPurpose } from "@vitrine/core/model/account";
import { writeLetter } from "../letter.ts";
import { messages } from "../messages.ts";
import { readableName } from "../readable-name.ts";

/** Messages that tell what was done, to the one who should have done it. */
export const NOTICES = [
  "passwordChanged",
  "emailChangeAsked",
  "emailChanged",
  "newDevice",
  "secondFactorOn",
  "secondFactorOff",
  "recoveryCodesRenewed",
  "recoveryCodeUsed",
] as const;
export type Notice = (typeof NOTICES)[number];

/** Every message about an account: one with a link, a notice, or that an address has an account already. */
export type AccountLetterKind = LinkPurpose | Notice | "signUp" | "signUpTaken" | "addressTaken";

/** What such a message tells. */
export type AccountLetter = {
  /** The person's; empty where it is not known who reads this. */
  name: string;
  /** Where it goes. */
  email: string;
  newEmail?: string | undefined;
  /** Where the button leads; holds the secret of a link. */
  url: string;
  /** Until when a link is good. */
  until?: Date;
  /** When, from what and from where it was caused. */
  at: Date;
  device: BrowserView;
  address: string;
};

/** Writes a message about an account. It is ours, and of no organization. */
export function accountLetter(
  kind: AccountLetterKind,
  facts: AccountLetter,
  language: keyof typeof messages = "en",
): { subject: string; text: string; html: string } {
  const texts = messages[language];
  const { labels, device, hello, letters } = texts.account;
  const names = {
    email: readableName(facts.email),
    newEmail: readableName(facts.newEmail ?? ""),
    until: facts.until ? texts.instant(facts.until) : "",
  };
  const letter = letters[kind];
  const rows = [
    { label: labels.newEmail, value: names.newEmail },
    { label: labels.until, value: names.until },
    { label: labels.time, value: texts.instant(facts.at) },
    { label: labels.device, value: readableName(device(facts.device)) },
    { label: labels.address, value: readableName(facts.address) },
  ];
  return writeLetter({
    language: texts.language,
    subject: letter.subject,
    preheader: letter.preheader(names),
    brand: { name: "Vitrine", color: null },
    heading: letter.heading,
    paragraphs: [hello(readableName(facts.name)), ...letter.paragraphs(names)],
    facts: rows.filter(({ value }) => value !== ""),
    action: { label: letter.action, url: facts.url, addressHint: texts.addressHint },
    note: letter.note,
  });
}
