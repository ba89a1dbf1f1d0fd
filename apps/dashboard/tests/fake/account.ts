import type {
  AccountEventView,
  OwnSession,
  requestEmailChangeInput,
  revokeSessionInput,
} from "@vitrine/core/model/account";
import { appError } from "@vitrine/core/model/errors";
import type * as z from "zod";
import { idOf, minutesAgo } from "./things.ts";

const DAY = 60 * 24;

/** The session that asks, one on a phone, and one of a program that does not say what it is. */
export const SESSIONS: readonly OwnSession[] = [
  {
    id: idOf(14, 1),
    isThis: true,
    browser: "Firefox 143",
    system: "Linux",
    form: "desktop",
    remoteAddress: "192.0.2.17",
    createdAt: minutesAgo(DAY * 6),
    lastSeenAt: minutesAgo(0),
  },
  {
    id: idOf(14, 2),
    isThis: false,
    browser: "Safari 18",
    system: "iOS",
    form: "phone",
    remoteAddress: "2001:db8:85a3:8d3:1319:8a2e:370:7348",
    createdAt: minutesAgo(DAY * 2),
    lastSeenAt: minutesAgo(47),
  },
  {
    id: idOf(14, 3),
    isThis: false,
    browser: null,
    system: null,
    form: "unknown",
    remoteAddress: "198.51.100.4",
    createdAt: minutesAgo(DAY),
    lastSeenAt: minutesAgo(60 * 20),
  },
];

const EVENT_KINDS = [
  "signedIn",
  "signInFailed",
  "passwordChanged",
  "emailVerified",
  "emailChangeAsked",
] as const;

/** Some of what can happen to an account. */
export const ACCOUNT_EVENTS: readonly AccountEventView[] = EVENT_KINDS.map((kind, number) => ({
  id: idOf(15, number),
  at: minutesAgo(number * 300 + 12),
  kind,
  browser: "Firefox 143",
  system: "Linux",
  form: "desktop",
  remoteAddress: "192.0.2.17",
  email: kind.startsWith("email") ? "mara.lindqvist@northlight.example" : null,
}));

/** Answers about one's own account, of somebody who is signed in there. */
export function accountAnswers() {
  let sessions = [...SESSIONS];
  return {
    "account.signUpWay": () => ({ way: "atOnce" }),
    "account.requestSignUp": () => ({}),
    "account.openSignUp": () => OPENED_LINK,
    "account.sessions": () => ({ rows: sessions }),
    "account.revokeSession": ({ id }: z.infer<typeof revokeSessionInput>) => {
      if (!sessions.some((one) => one.id === id)) throw appError("NOT_FOUND");
      sessions = sessions.filter((one) => one.id !== id);
      return {};
    },
    "account.revokeOtherSessions": () => {
      const count = sessions.length - 1;
      sessions = sessions.filter(({ isThis }) => isThis);
      return { count };
    },
    "account.events": () => ({ rows: ACCOUNT_EVENTS, nextCursor: null, total: ACCOUNT_EVENTS.length }),
    "account.sendVerification": () => ({}),
    "account.requestEmailChange": ({ currentPassword }: z.infer<typeof requestEmailChangeInput>) => {
      if (currentPassword !== "winter-menu-2026") throw appError("WRONG_PASSWORD");
      return {};
    },
  };
}

/** What the link of a message about an account says to its holder. */
export const OPENED_LINK = { email: "mara@northlight.example", expiresAt: minutesAgo(-50) };
