import type { Role } from "@vitrine/core/model/permissions";
import { type AccountMessages, enAccount } from "./messages-account.ts";
import { enNotifications, type NotificationMessages } from "./messages-notifications.ts";

/** Every text of mail in one language. Names come in as they are: what they are written into makes them safe. */
export type MailMessages = {
  /** BCP 47. */
  language: string;
  /** An instant in words, in UTC. */
  instant(at: Date): string;
  /** What stopped a message, for those who sent it. `said`: the mail server's own words, or empty. */
  fault: {
    notAnAddress: string;
    signIn: string;
    recipientRefused(said: string): string;
    messageRefused(said: string): string;
    deferred(said: string): string;
    notSecure: string;
    unreachable: string;
    tooSlow: string;
    stopped: string;
    notWritten: string;
    unknown: string;
  };
  /** Above the address that a button leads to. */
  addressHint: string;
  account: AccountMessages;
  notifications: NotificationMessages;
  invitation: {
    subject(names: Names): string;
    preheader(until: string): string;
    heading(names: Names): string;
    invited(names: Names): string;
    whatItIs: string;
    roleLabel: string;
    role: Record<Role, string>;
    expiryLabel: string;
    accept: string;
    why(names: Names): string;
  };
};

/** `person` is null where who invited has gone since. */
type Names = { person: string | null; organization: string };

const day = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "long",
  year: "numeric",
  timeZone: "UTC",
});
const time = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "UTC" });

const en: MailMessages = {
  language: "en",
  instant: (at) => `${day.format(at)}, ${time.format(at)} UTC`,
  fault: {
    notAnAddress: "This is not an e-mail address.",
    signIn: "The mail server did not accept the user and password that it was given.",
    recipientRefused: (said) => quoted("The mail server refused the recipient", said),
    messageRefused: (said) => quoted("The mail server refused the message", said),
    deferred: (said) => quoted("The mail server does not take the message now", said),
    notSecure: "There is no encrypted line to the mail server that can be trusted.",
    unreachable: "The mail server cannot be reached.",
    tooSlow: "The mail server did not answer in time.",
    stopped: "Sending was stopped.",
    notWritten: "The message could not be written to the disk.",
    unknown: "The message could not be sent.",
  },
  addressHint: "Or open this address in your browser:",
  account: enAccount,
  notifications: enNotifications,
  invitation: {
    subject: ({ person, organization }) =>
      person === null ? `You are invited to ${organization}` : `${person} invites you to ${organization}`,
    preheader: (until) => `You can accept until ${until}.`,
    heading: ({ organization }) => `Join ${organization}`,
    invited: ({ person, organization }) =>
      person === null
        ? `You are invited to join ${organization} on Vitrine.`
        : `${person} invites you to join ${organization} on Vitrine.`,
    whatItIs:
      "Vitrine is where its screens are looked after: what they show, when, and whether they are well.",
    roleLabel: "Your role",
    role: {
      owner: "Owner (everything, the organization itself included)",
      admin: "Administrator (people, content, schedule and screens)",
      manager: "Manager (content and schedule)",
      operator: "Operator (screens, and what they show right now)",
      viewer: "Viewer (sees everything, changes nothing)",
    },
    expiryLabel: "Good until",
    accept: "Accept invitation",
    why: ({ person, organization }) =>
      `${
        person === null ? `Somebody at ${organization}` : `${person} at ${organization}`
      } entered your address. If you did not expect this, ignore it: nothing happens unless you accept.`,
  },
};

function quoted(sentence: string, said: string): string {
  return said === "" ? `${sentence}.` : `${sentence}: ${said}`;
}

/** The texts of mail, by language. */
export const messages = { en } satisfies Record<string, MailMessages>;
