import * as z from "zod";
import { businessName } from "./business.ts";
import { id, instant } from "./ids.ts";
import { displayName, pageInput } from "./paging.ts";
import { permission, role } from "./permissions.ts";

export const email = z.string().trim().toLowerCase().max(254).pipe(z.email("Not an e-mail address"));

/** 8 to 128 characters, any characters, nothing truncated (OWASP ASVS 6.2). */
export const password = z.string().min(8, "At least 8 characters").max(128, "At most 128 characters");

/** How somebody new comes in here: at once, by a link that is sent to their address, or by being invited alone. */
export const SIGN_UP_WAYS = ["atOnce", "byLink", "byInvitation"] as const;
export const signUpWay = z.strictObject({ way: z.enum(SIGN_UP_WAYS) });
export const requestSignUpInput = z.strictObject({ email });
/** How long a link for signing up is good. */
export const SIGN_UP_LINK_MINUTES = 24 * 60;
/** The secret part of such a link; the address is in it. */
export const signUpToken = z.string().min(1).max(600);
export const heldSignUpInput = z.strictObject({ token: signUpToken });
export const signUpInput = z.strictObject({
  name: displayName,
  email,
  password,
  organizationName: displayName,
  timeZone: z.string().max(64).optional(),
  /** Of the link that was sent to `email`, where there is one. */
  token: signUpToken.optional(),
});
export const signInInput = z.strictObject({
  email,
  password: z.string().min(1, "Enter your password").max(128),
});
export const changePasswordInput = z.strictObject({
  currentPassword: z.string().min(1, "Enter your current password").max(128),
  newPassword: password,
});
export const updateProfileInput = z.strictObject({ name: displayName });

/** What a link that is sent to an address is for: a new password, showing that the address is theirs, or a new address. */
export const LINK_PURPOSES = ["resetPassword", "verifyEmail", "changeEmail"] as const;
export type LinkPurpose = (typeof LINK_PURPOSES)[number];

/** How long a link is good, in minutes. */
export const LINK_MINUTES = {
  resetPassword: 60,
  verifyEmail: 24 * 60,
  changeEmail: 24 * 60,
} as const satisfies Record<LinkPurpose, number>;

/** The secret part of such a link. */
export const linkToken = z.string().min(1).max(200);
export const heldLinkInput = z.strictObject({ token: linkToken });
export const requestPasswordResetInput = z.strictObject({ email });
/** What the holder of a link is told of it. */
export const openedLink = z.strictObject({ email: z.string(), expiresAt: instant });
/** What taking up a link for an address did: the address that is theirs now. */
export const confirmedEmail = z.strictObject({ email: z.string() });
export const requestEmailChangeInput = z.strictObject({
  email,
  currentPassword: z.string().min(1, "Enter your current password").max(128),
});
export const resetPasswordInput = z.strictObject({ token: linkToken, password });

/** What happens to a person's account, as its owner is told. */
export const ACCOUNT_EVENT_KINDS = [
  "signedIn",
  "signInFailed",
  "sessionRevoked",
  "sessionsRevoked",
  "passwordResetAsked",
  "passwordReset",
  "passwordChanged",
  "emailVerified",
  "emailChangeAsked",
  "emailChanged",
  "secondFactorOn",
  "secondFactorOff",
  "recoveryCodesRenewed",
  "recoveryCodeUsed",
] as const;
export const accountEventKind = z.enum(ACCOUNT_EVENT_KINDS);
export type AccountEventKind = z.infer<typeof accountEventKind>;
/** Events are kept this long. */
export const ACCOUNT_EVENT_DAYS = 90;

/** A session ends when it was not used for this long, and this long after it began, whatever happens. */
export const SESSION_IDLE_HOURS = 24;
export const SESSION_DAYS = 30;
/** Beyond this many, the session of a person that was not used for longest ends. */
export const MAX_SESSIONS = 50;

/** What a browser says that it is; null where it says nothing that is known. */
export const browserView = z.strictObject({
  browser: z.string().nullable(),
  system: z.string().nullable(),
  form: z.enum(["desktop", "phone", "tablet", "unknown"]),
});
export type BrowserView = z.infer<typeof browserView>;

/** Where somebody is signed in. `isThis`: the session that asks. */
export const ownSession = browserView.extend({
  id,
  isThis: z.boolean(),
  remoteAddress: z.string(),
  createdAt: instant,
  lastSeenAt: instant,
});
export type OwnSession = z.infer<typeof ownSession>;
/** The last used first; all of them. */
export const ownSessions = z.strictObject({ rows: z.array(ownSession).max(MAX_SESSIONS) });
export const revokeSessionInput = z.strictObject({ id });
export const revokedSessions = z.strictObject({ count: z.int().min(0) });

/** What happened to one's own account. `email`: the address that it was about, where it was about one. */
export const accountEventView = browserView.extend({
  id,
  at: instant,
  kind: accountEventKind,
  remoteAddress: z.string(),
  email: z.string().nullable(),
});
export type AccountEventView = z.infer<typeof accountEventView>;
export const listAccountEventsInput = pageInput;

/** Why a password that is long enough is not taken. */
export const PASSWORD_FAULTS = ["common", "name", "email", "product"] as const;
export const passwordFault = z.enum(PASSWORD_FAULTS);
export type PasswordFault = z.infer<typeof passwordFault>;
/** A code of the app, six digits, or a recovery code; spaces and hyphens do not matter. */
export const factorCode = z.string().trim().min(1, "Enter the code").max(60);
export const completeSignInInput = z.strictObject({ code: factorCode });
/** `code` is needed from who has a second factor. */
export const stepUpInput = z.strictObject({
  password: z.string().min(1, "Enter your password").max(128),
  code: factorCode.optional(),
});

export const userSummary = z.strictObject({ id, name: z.string(), email: z.string() });

export const organizationMembership = z.strictObject({
  organizationId: id,
  name: z.string(),
  slug: z.string(),
  role,
});

/** Who is signed in, where, and what they may do there; null organization when they belong to none. */
export const sessionView = z.strictObject({
  user: userSummary,
  organization: z
    .strictObject({
      id,
      name: z.string(),
      slug: z.string(),
      timeZone: z.string(),
      /** `#rrggbb`; null: ours. */
      brandColor: z.string().nullable(),
      hasLogo: z.boolean(),
      role,
      /** Empty while the second factor that the organization asks for is missing. */
      permissions: z.array(permission),
      /** What they are limited to; null: not limited. */
      businesses: z.array(businessName).nullable(),
      isSecondFactorMissing: z.boolean(),
      /** Empty too while password and second factor were given too long ago for the organization. */
      mustSignInAgain: z.boolean(),
    })
    .nullable(),
  /** Whether messages go out by a mail server, and not into files on the server. */
  sendsMail: z.boolean(),
  /** Whether the address says which organization it is, so that there is nothing to choose. */
  isBound: z.boolean(),
  /** The address is of an organization that is not to be had: unknown, removed, or not theirs. */
  isUnavailable: z.boolean(),
  organizations: z.array(organizationMembership),
  /** Whether some things wait for the person to show that the address is theirs. */
  mustVerifyEmail: z.boolean(),
  hasSecondFactor: z.boolean(),
  expiresAt: instant,
});
export type SessionView = z.infer<typeof sessionView>;

/** What the right password leads to: a session, or, for who has a second factor, the step that asks for it. */
export const signInOutcome = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("signedIn"), session: sessionView }),
  z.strictObject({ kind: z.literal("secondStep"), expiresAt: instant }),
]);
export type SignInOutcome = z.infer<typeof signInOutcome>;
