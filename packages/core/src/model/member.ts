import * as z from "zod";
import { email, password } from "./account.ts";
import { businessName, memberBusinesses } from "./business.ts";
import { id, instant } from "./ids.ts";
import { displayName, pageInput, searchText } from "./paging.ts";
import { grant, permission, role } from "./permissions.ts";

/** A permission or wildcard that somebody has beyond their role. */
export const extraGrant = z.strictObject({
  grant,
  /** Null: until it is taken back. */
  expiresAt: instant.nullable(),
});
export type ExtraGrant = z.infer<typeof extraGrant>;
export const MAX_EXTRA_GRANTS = 50;

/** A person who belongs to the organization. */
export const memberView = z.strictObject({
  userId: id,
  name: z.string(),
  email: z.string(),
  role,
  /** What they may do beyond their role, as of now. */
  extra: z.array(extraGrant),
  /** What they are limited to; null: not limited. Of an empty list they see nothing. */
  businesses: z.array(businessName).nullable(),
  joinedAt: instant,
  hasSecondFactor: z.boolean(),
});
export type MemberView = z.infer<typeof memberView>;

/** `search` finds in names and addresses; `isOutside`: those whose address the organization would not take now. */
export const listMembersInput = pageInput.extend({
  search: searchText,
  role: role.optional(),
  isOutside: z.literal(true).optional(),
});
export const setRoleInput = z.strictObject({ userId: id, role });
/** All that the member may do beyond their role from now on. */
export const setExtraInput = z.strictObject({
  userId: id,
  extra: z
    .array(extraGrant)
    .max(MAX_EXTRA_GRANTS, `At most ${MAX_EXTRA_GRANTS}`)
    .refine((list) => new Set(list.map((one) => one.grant)).size === list.length, "Each once"),
});
/** Limits a member to businesses, or (null) ends that. */
export const setBusinessesInput = z.strictObject({ userId: id, businessIds: memberBusinesses });
/** Who may do one thing: by their role, or beyond it. */
export const whoMayInput = pageInput.extend({ permission });
export const memberInput = z.strictObject({ userId: id });

/** An invitation is good for this long after it was last sent. */
export const INVITATION_DAYS = 7;
export const MAX_INVITED_AT_ONCE = 50;
export const MAX_OPEN_INVITATIONS = 1000;

/**
 * Where the message is: on its way, handed over to the mail server, written into a file because there is no mail server,
 * or given up (with what the server said).
 */
export const MAIL_STATES = ["waiting", "sent", "written", "failed"] as const;
export const mailState = z.enum(MAIL_STATES);
export type MailState = z.infer<typeof mailState>;

/** An invitation that was neither taken up nor withdrawn. */
export const invitationView = z.strictObject({
  id,
  email: z.string(),
  role,
  /** What they will be limited to; null: not limited. */
  businesses: z.array(businessName).nullable(),
  invitedByName: z.string().nullable(),
  createdAt: instant,
  expiresAt: instant,
  isExpired: z.boolean(),
  mail: mailState,
  /** What stopped the message, where it was given up. */
  mailFault: z.string().nullable(),
});
export type InvitationView = z.infer<typeof invitationView>;

export const listInvitationsInput = pageInput;
export const inviteInput = z.strictObject({
  emails: z
    .array(email)
    .min(1, "Enter an e-mail address")
    .max(MAX_INVITED_AT_ONCE, `At most ${MAX_INVITED_AT_ONCE} at once`)
    .transform((list) => [...new Set(list)]),
  role,
  businessIds: memberBusinesses.default(null),
});
/** Who of those asked for belongs to the organization already is left out and named. */
export const invited = z.strictObject({ rows: z.array(invitationView), members: z.array(z.string()) });
export const invitationInput = z.strictObject({ id });
/** The address to hand over by other means than mail. */
export const invitationLink = z.strictObject({ url: z.url(), expiresAt: instant });

/** The secret part of an invitation's address. */
export const invitationToken = z.string().min(1).max(200);
export const heldInvitationInput = z.strictObject({ token: invitationToken });
/** What its holder is told of it. `hasAccount`: somebody with this address signs in instead of signing up. */
export const openedInvitation = z.strictObject({
  organizationName: z.string(),
  invitedByName: z.string().nullable(),
  email: z.string(),
  role,
  expiresAt: instant,
  hasAccount: z.boolean(),
});
export type OpenedInvitation = z.infer<typeof openedInvitation>;
export const acceptAsNewInput = z.strictObject({ token: invitationToken, name: displayName, password });
