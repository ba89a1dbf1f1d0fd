import { bytesInUnit } from "@vitrine/core/model/bytes";
import type { PlanThing } from "@vitrine/core/model/plan";

/** Every text of what members are told in one language. */
export type NotificationMessages = {
  /** Why a message came: as everybody who runs the organization gets it, or for having invited somebody. */
  because: Record<"running" | "inviter", (organization: string) => string>;
  /** Above the address where such messages are switched off. */
  switchOff: string;
  labels: Record<"email" | "role" | "record" | PlanThing, string>;
  amount(thing: PlanThing, value: number): string;
  usedOf(use: string, limit: string): string;
  invitationAccepted: NotificationTexts<Names & { person: string }>;
  left: NotificationTexts<Names & { person: string }>;
  removed: NotificationTexts<Names & { person: string; by: string }>;
  nearLimit: NotificationTexts<Names & { thing: PlanThing; share: number }>;
  atLimit: NotificationTexts<Names & { thing: PlanThing }>;
  recordMissing: NotificationTexts<Names & { domain: string; until: string }>;
  recordLost: NotificationTexts<Names & { domain: string }>;
};

export type NotificationTexts<Facts> = Record<"subject" | "preheader" | "text", (facts: Facts) => string> & {
  action: string;
};

type Names = { organization: string };

const LOOK_AT_PEOPLE = "Look at people";
const LOOK_AT_PLAN = "Look at the plan";
const LOOK_AT_DOMAINS = "Look at domains";

/** What there is little of, or none. */
const ROOM: Record<PlanThing, string> = {
  screens: "room for screens",
  people: "room for people",
  assets: "room for content",
  storage: "storage",
};

const number = new Intl.NumberFormat("en-GB");

/** In English. */
export const enNotifications: NotificationMessages = {
  because: {
    running: (organization) => `You get this as one of those who run ${organization}.`,
    inviter: (organization) => `You get this because you invited somebody to ${organization}.`,
  },
  switchOff: "Choose what you are told of:",
  labels: {
    email: "E-mail",
    role: "Role",
    record: "Record",
    screens: "Screens",
    people: "People",
    assets: "Content",
    storage: "Storage",
  },
  amount: (thing, value) => (thing === "storage" ? sizeOf(value) : number.format(value)),
  usedOf: (use, limit) => `${use} of ${limit}`,
  invitationAccepted: {
    subject: ({ person, organization }) => `${person} joined ${organization}`,
    preheader: () => "Your invitation was accepted.",
    text: ({ person, organization }) =>
      `${person} accepted your invitation and belongs to ${organization} from now on.`,
    action: LOOK_AT_PEOPLE,
  },
  left: {
    subject: ({ person, organization }) => `${person} left ${organization}`,
    preheader: () => "They left by themselves.",
    text: ({ person, organization }) =>
      `${person} left ${organization} and no longer gets in. What they made stays.`,
    action: LOOK_AT_PEOPLE,
  },
  removed: {
    subject: ({ person, organization }) => `${person} was removed from ${organization}`,
    preheader: ({ by }) => `${by} removed them.`,
    text: ({ person, organization, by }) =>
      `${by} removed ${person} from ${organization}, who no longer gets in. What they made stays.`,
    action: LOOK_AT_PEOPLE,
  },
  nearLimit: {
    subject: ({ thing, organization }) => `Little ${ROOM[thing]} is left in ${organization}`,
    preheader: ({ share }) => `${share} % is used.`,
    text: ({ thing, share }) =>
      `Of the ${ROOM[thing]} that your plan has, ${share} % is used. Once all of it is, nothing more can be added until something is removed or the plan has more.`,
    action: LOOK_AT_PLAN,
  },
  atLimit: {
    subject: ({ thing, organization }) => `No ${ROOM[thing]} is left in ${organization}`,
    preheader: () => "All of it is used.",
    text: ({ thing }) =>
      `All of the ${ROOM[thing]} that your plan has is used. Nothing more can be added until something is removed or the plan has more. What is there goes on as before.`,
    action: LOOK_AT_PLAN,
  },
  recordMissing: {
    subject: ({ domain }) => `The record of ${domain} is gone`,
    preheader: ({ until }) => `The domain leads to you until ${until}.`,
    text: ({ domain, organization, until }) =>
      `${domain} leads to ${organization} because of a TXT record in its DNS, which is not there any more. Put it back by ${until}; after that the domain no longer leads to you. Screens go on playing, whatever happens to a domain.`,
    action: LOOK_AT_DOMAINS,
  },
  recordLost: {
    subject: ({ domain }) => `${domain} no longer leads to you`,
    preheader: () => "Its record was gone for too long.",
    text: ({ domain, organization }) =>
      `The TXT record that shows that ${domain} is of ${organization} was gone for too long. People who open the domain do not come to you any more. Put the record back and verify it again. Screens go on playing, whatever happens to a domain.`,
    action: LOOK_AT_DOMAINS,
  },
};

function sizeOf(sizeBytes: number): string {
  const { value, unit } = bytesInUnit(sizeBytes);
  const maximumFractionDigits = value < 10 && unit !== "byte" ? 1 : 0;
  return new Intl.NumberFormat("en-GB", { style: "unit", unit, maximumFractionDigits }).format(value);
}
