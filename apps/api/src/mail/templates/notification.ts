import { NOTIFIED } from "@vitrine/core/model/notifications";
import type { Role } from "@vitrine/core/model/permissions";
import type { PlanThing } from "@vitrine/core/model/plan";
import { type Letter, writeLetter } from "../letter.ts";
import { type MailMessages, messages } from "../messages.ts";
import type { NotificationTexts } from "../messages-notifications.ts";
import { readableName } from "../readable-name.ts";

type Person = { name: string; email: string; role: Role };

/** What happened. */
type Told =
  | { kind: "invitationAccepted"; person: Person }
  /** `removedBy`: null where they left by themselves. */
  | { kind: "memberLeft"; person: Person; removedBy: string | null }
  | { kind: "planNearLimit"; thing: PlanThing; use: number; limit: number }
  /** `until`: when the domain is trusted no more; null: now. */
  | { kind: "domainRecord"; domain: string; recordName: string; until: Date | null };

/** What a message to a member tells, and to whom. */
export type NotificationFacts = {
  organizationName: string;
  /** `#rrggbb`; null: ours. */
  brandColor: string | null;
  /** The id of the logo that comes with it; undefined: none does. */
  logo?: string | undefined;
  /** Of the reader. */
  name: string;
  told: Told;
  /** Where more is to be seen. */
  url: string;
  /** Where such messages are switched off. */
  settingsUrl: string;
};

/** The message that tells a member what happened in the organization. */
export function notificationLetter(
  { organizationName, brandColor, logo, name, told, url, settingsUrl }: NotificationFacts,
  language: keyof typeof messages = "en",
): { subject: string; text: string; html: string } {
  const texts = messages[language];
  const organization = readableName(organizationName);
  const { subject, preheader, text, action, facts } = say(texts, organization, told);
  const { because, switchOff } = texts.notifications;
  return writeLetter({
    language: texts.language,
    subject,
    preheader,
    brand: { name: organization, color: brandColor, logo },
    heading: subject,
    paragraphs: [texts.account.hello(readableName(name)), text],
    facts,
    action: { label: action, url, addressHint: texts.addressHint },
    note: because[NOTIFIED[told.kind] === "inviter" ? "inviter" : "running"](organization),
    choice: { label: switchOff, url: settingsUrl },
  });
}

type Said = Pick<Letter, "subject" | "preheader" | "facts"> & { text: string; action: string };

function say(texts: MailMessages, organization: string, told: Told): Said {
  const { labels, amount, usedOf, ...letters } = texts.notifications;
  switch (told.kind) {
    case "invitationAccepted": {
      const { person, facts } = introduce(texts, told.person);
      return { ...fill(letters.invitationAccepted, { organization, person }), facts };
    }
    case "memberLeft": {
      const { person, facts } = introduce(texts, told.person);
      if (told.removedBy === null) return { ...fill(letters.left, { organization, person }), facts };
      const by = readableName(told.removedBy);
      return { ...fill(letters.removed, { organization, person, by }), facts };
    }
    case "planNearLimit": {
      const { thing, use, limit } = told;
      const facts = [{ label: labels[thing], value: usedOf(amount(thing, use), amount(thing, limit)) }];
      if (use >= limit) return { ...fill(letters.atLimit, { organization, thing }), facts };
      const share = Math.floor((use / limit) * 100);
      return { ...fill(letters.nearLimit, { organization, thing, share }), facts };
    }
    case "domainRecord": {
      const domain = readableName(told.domain);
      const facts = [{ label: labels.record, value: readableName(told.recordName) }];
      if (told.until === null) return { ...fill(letters.recordLost, { organization, domain }), facts };
      const until = texts.instant(told.until);
      return { ...fill(letters.recordMissing, { organization, domain, until }), facts };
    }
  }
}

function introduce({ notifications: { labels }, invitation }: MailMessages, { name, email, role }: Person) {
  return {
    person: readableName(name),
    facts: [
      { label: labels.email, value: readableName(email) },
      { label: labels.role, value: invitation.role[role] },
    ],
  };
}

function fill<Facts>({ subject, preheader, text, action }: NotificationTexts<Facts>, facts: Facts) {
  return { subject: subject(facts), preheader: preheader(facts), text: text(facts), action };
}
