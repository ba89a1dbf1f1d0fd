import type { Role } from "@vitrine/core/model/permissions";
import { writeLetter } from "../letter.ts";
import { messages } from "../messages.ts";
import { readableName } from "../readable-name.ts";

/** What an invitation tells. */
export type InvitationFacts = {
  organizationName: string;
  /** `#rrggbb`; null: ours. */
  brandColor: string | null;
  /** The id of the logo that comes with it; undefined: none does. */
  logo?: string | undefined;
  /** Null where that person has gone since. */
  invitedByName: string | null;
  role: Role;
  /** Where it is accepted; holds the secret. */
  url: string;
  expiresAt: Date;
};

/** The message that invites somebody into an organization. */
export function invitation(
  { organizationName, brandColor, logo, invitedByName, role, url, expiresAt }: InvitationFacts,
  language: keyof typeof messages = "en",
): { subject: string; text: string; html: string } {
  const texts = messages[language];
  const organization = readableName(organizationName);
  const until = texts.instant(expiresAt);
  const names = { organization, person: invitedByName === null ? null : readableName(invitedByName) };
  return writeLetter({
    language: texts.language,
    subject: texts.invitation.subject(names),
    preheader: texts.invitation.preheader(until),
    brand: { name: organization, color: brandColor, logo },
    heading: texts.invitation.heading(names),
    paragraphs: [texts.invitation.invited(names), texts.invitation.whatItIs],
    facts: [
      { label: texts.invitation.roleLabel, value: texts.invitation.role[role] },
      { label: texts.invitation.expiryLabel, value: until },
    ],
    action: { label: texts.invitation.accept, url, addressHint: texts.addressHint },
    note: texts.invitation.why(names),
  });
}
