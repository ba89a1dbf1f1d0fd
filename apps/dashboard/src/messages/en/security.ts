import type { AccountEventKind } from "@vitrine/core/model/account";

/** Where one is signed in, and what happened to one's account. */
export const security = {
  security: {
    purpose: "How you sign in, where you are signed in, and what happened to your account.",
    title: "Security",
  },
  device: {
    unknown: "Unknown browser",
    on: "{browser} on {system}",
  },
  sessions: {
    end: "Sign out",
    ended: "{device} was signed out",
    endNamed: "Sign out {device}, {address}",
    endOthers: "Sign out all others",
    endOthersNow: "Sign out",
    endOthersText:
      "Every browser but this one has to sign in again, at once. Nothing that they made is lost.",
    endOthersTitle: "Sign out everywhere else?",
    lastUsed: "used {when}",
    since: "since {date}",
    othersEnded: "{count, plural, one {# browser was signed out} other {# browsers were signed out}}",
    text: "A session ends after {hours} hours without use, and after {days} days in any case. End those that you do not know, then change your password.",
    this: "This browser",
    title: "Where you are signed in",
  },
  accountEvents: {
    empty: "What happens to your account is listed here.",
    emptyTitle: "Nothing yet",
    from: "{device} · {address}",
    text: "The last {days} days. If something was not you, change your password.",
    title: "What happened",
    kind: {
      emailChangeAsked: "A change of your address to {email} was asked for",
      emailChanged: "Your address was changed to {email}",
      emailVerified: "{email} was confirmed as yours",
      recoveryCodesRenewed: "New recovery codes were made",
      recoveryCodeUsed: "A recovery code was used",
      secondFactorOff: "Two-step sign-in was turned off",
      secondFactorOn: "Two-step sign-in was turned on",
      passwordChanged: "Your password was changed",
      passwordReset: "Your password was set by a link",
      passwordResetAsked: "A link for a new password was asked for",
      sessionRevoked: "One browser was signed out",
      sessionsRevoked: "All other browsers were signed out",
      signedIn: "Signed in",
      signInFailed: "A sign-in failed: password or code was wrong",
    } satisfies Record<AccountEventKind, string>,
  },
};
