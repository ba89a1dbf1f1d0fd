import { appError } from "@vitrine/core/model/errors";
import type * as member from "@vitrine/core/model/member";
import type { muteNotificationsInput, NotificationChoices } from "@vitrine/core/model/notifications";
import { isGranted, ROLE_GRANTS } from "@vitrine/core/model/permissions";
import type * as z from "zod";
import { BUSINESSES } from "./businesses.ts";
import { idOf, minutesAgo, session } from "./things.ts";

const DAY = 60 * 24;

/** A person of this number; number 1 is the one whose session it is. */
export function person(
  number: number,
  name: string,
  role: member.MemberView["role"],
  part: Partial<member.MemberView> = {},
): member.MemberView {
  const [first = ""] = name.toLowerCase().split(" ");
  return {
    userId: idOf(0, number),
    name,
    email: `${first}@northlight.example`,
    role,
    extra: [],
    businesses: null,
    joinedAt: minutesAgo(DAY * (91 - number * 3)),
    hasSecondFactor: number % 3 === 0,
    ...part,
  };
}

/** Somebody invited some days ago. */
export function invitation(
  number: number,
  email: string,
  part: Partial<member.InvitationView> = {},
): member.InvitationView {
  return {
    id: idOf(13, number),
    email,
    role: "operator",
    businesses: null,
    invitedByName: "Mara Lindqvist",
    createdAt: minutesAgo(DAY * number),
    expiresAt: minutesAgo(-DAY * (7 - number) - 30),
    isExpired: false,
    mail: "sent",
    mailFault: null,
    ...part,
  };
}

/** The owner alone: who is there on an organization's first day. */
export const FOUNDER: readonly member.MemberView[] = [person(1, "Mara Lindqvist", "owner")];

/** The owner and six others of every role, one with a name that is long. */
export const PEOPLE: readonly member.MemberView[] = [
  ...FOUNDER,
  person(2, "Jo", "operator", {
    extra: [
      { grant: "assets.*", expiresAt: minutesAgo(-DAY * 12) },
      { grant: "playlists.edit", expiresAt: null },
    ],
  }),
  person(3, "Lin Okonkwo", "admin"),
  person(4, "Amélie de Saint-Exupéry-Castellane von und zu Hohenlohe-Langenburg", "manager"),
  person(5, "Tariq Aziz", "manager", {
    businesses: BUSINESSES.slice(0, 1).map(({ id, name }) => ({ id, name })),
  }),
  person(6, "Frida Holm", "viewer"),
  person(7, "Noor van Dijk", "owner"),
];

/** One on its way, one sent, one that came back, one that is over. */
export const INVITATIONS: readonly member.InvitationView[] = [
  invitation(0, "petra@northlight.example", { role: "viewer", mail: "waiting" }),
  invitation(1, "sam.kowalczyk@harbour-school.example", { role: "manager" }),
  invitation(2, "olu@northlight.exmaple", {
    mail: "failed",
    mailFault: "the domain northlight.exmaple has no mail server",
  }),
  invitation(9, "kim@northlight.example", { invitedByName: null, isExpired: true }),
];

/** What the invitation with the token of these tests says. */
export const OPENED: member.OpenedInvitation = {
  organizationName: "Northlight Cafés",
  invitedByName: "Mara Lindqvist",
  email: "petra@northlight.example",
  role: "manager",
  expiresAt: minutesAgo(-DAY * 6),
  hasAccount: false,
};

/** Answers of a server that holds these people and invitations, of whom number 1 asks. */
export function peopleAnswers(
  people: readonly member.MemberView[],
  invitations: readonly member.InvitationView[],
) {
  let here = [...people];
  let open = [...invitations];
  let choices: NotificationChoices = { organization: [], own: [] };
  const change = (userId: string, part: Partial<member.MemberView>) => {
    here = here.map((one) => (one.userId === userId ? { ...one, ...part } : one));
    return found(here, (one) => one.userId === userId);
  };
  return {
    "members.list": (input: z.infer<typeof member.listMembersInput>) => {
      const wanted = input.search?.toLowerCase() ?? "";
      const rows = here.filter(
        (one) =>
          `${one.name} ${one.email}`.toLowerCase().includes(wanted) &&
          (input.role === undefined || one.role === input.role),
      );
      return { rows: rows.slice(0, input.limit), nextCursor: null, total: rows.length };
    },
    "members.setRole": ({ userId, role }: z.infer<typeof member.setRoleInput>) => change(userId, { role }),
    "members.setExtra": ({ userId, extra }: z.infer<typeof member.setExtraInput>) =>
      change(userId, { extra }),
    "members.setBusinesses": ({ userId, businessIds }: z.infer<typeof member.setBusinessesInput>) =>
      change(userId, {
        businesses:
          businessIds &&
          BUSINESSES.filter(({ id }) => businessIds.includes(id)).map(({ id, name }) => ({ id, name })),
      }),
    "members.whoMay": ({ permission, limit }: z.infer<typeof member.whoMayInput>) => {
      const rows = here.filter(({ role, extra }) =>
        isGranted([...ROLE_GRANTS[role], ...extra.map(({ grant }) => grant)], permission),
      );
      return { rows: rows.slice(0, limit), nextCursor: null, total: rows.length };
    },
    "members.remove": ({ userId }: z.infer<typeof member.memberInput>) => {
      here = here.filter((one) => one.userId !== userId);
      return {};
    },
    "members.restore": ({ userId }: z.infer<typeof member.memberInput>) => {
      const back = found(people, (one) => one.userId === userId);
      here = [...here, back];
      return back;
    },
    "members.handOver": ({ userId }: z.infer<typeof member.memberInput>) => {
      change(userId, { role: "owner" });
      change(idOf(0, 1), { role: "admin" });
      return {};
    },
    "members.notifications": () => choices,
    "members.muteNotifications": ({ muted }: z.infer<typeof muteNotificationsInput>) => {
      choices = { ...choices, own: muted };
      return choices;
    },
    "members.leave": () => {
      if (here.filter((one) => one.role === "owner").length === 1) throw appError("LAST_OWNER");
      return { ...session(), organization: null, organizations: [] };
    },
    "invitations.list": () => ({ rows: open, nextCursor: null, total: open.length }),
    "invitations.create": ({ emails, role }: z.infer<typeof member.inviteInput>) => {
      const members = emails.filter((email) => here.some((one) => one.email === email));
      const rows = emails
        .filter((email) => !members.includes(email))
        .map((email, index) => invitation(0, email, { id: idOf(13, 20 + index), role, mail: "waiting" }));
      open = [...rows, ...open];
      return { rows, members };
    },
    "invitations.resend": ({ id }: z.infer<typeof member.invitationInput>) => {
      open = open.map((one) => (one.id === id ? { ...one, isExpired: false, mail: "waiting" } : one));
      return found(open, (one) => one.id === id);
    },
    "invitations.withdraw": ({ id }: z.infer<typeof member.invitationInput>) => {
      open = open.filter((one) => one.id !== id);
      return {};
    },
    "invitations.link": ({ id }: z.infer<typeof member.invitationInput>) => ({
      url: `https://signage.northlight.example/invitation#${id}`,
      expiresAt: found(open, (one) => one.id === id).expiresAt,
    }),
  };
}

function found<Thing>(things: readonly Thing[], isIt: (thing: Thing) => boolean): Thing {
  const thing = things.find(isIt);
  if (!thing) throw appError("NOT_FOUND");
  return thing;
}
