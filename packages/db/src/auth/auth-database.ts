import type { AccountEventKind, LinkPurpose } from "@vitrine/core/model/account";
import type { DeviceHardware } from "@vitrine/core/model/device";
import type { Grant, Role } from "@vitrine/core/model/permissions";
import type { SecondFactors } from "./second-factors.ts";

export interface AuthUser {
  id: string;
  email: string;
  name: string;
  passwordHash: string;
  locale: string;
  isActive: boolean;
}

export interface SessionOrganization {
  organizationId: string;
  name: string;
  slug: string;
  timeZone: string;
  role: Role;
  /** Beyond those of the role. */
  grants: Grant[];
  /** What the person is limited to; null: not limited. */
  businesses: { id: string; name: string }[] | null;
  /** Who has none may do nothing there. */
  isSecondFactorRequired: boolean;
  /** A session that was idle for longer has to sign in again before it acts there; null: no such limit. */
  sessionIdleMinutes: number | null;
  /** The same for one that began, or showed who it is, longer ago. */
  sessionHours: number | null;
  /** `#rrggbb`; null: ours. */
  brandColor: string | null;
  hasLogo: boolean;
}

export interface StoredSession {
  id: string;
  tokenHash: string;
  userId: string;
  organizationId: string | null;
  createdAt: Date;
  lastSeenAt: Date;
  expiresAt: Date;
  absoluteExpiresAt: Date;
  userAgent: string | null;
  remoteAddress: string | null;
}

/** What is noted of an account when something happens to it, and the messages about it that go out. */
export interface AccountTrace {
  kind: AccountEventKind;
  remoteAddress: string;
  userAgent: string;
  detail: Record<string, string>;
  /** Data of `send-mail` jobs. */
  mails: readonly Record<string, unknown>[];
}

export interface StoredAccountEvent {
  id: string;
  at: Date;
  kind: AccountEventKind;
  remoteAddress: string;
  userAgent: string;
  detail: Record<string, string>;
  /** Of all that are kept of the person. */
  total: number;
}

export interface NewLink {
  id: string;
  userId: string;
  purpose: LinkPurpose;
  email: string;
  requestedAt: Date;
  expiresAt: Date;
}

/** A link that is still good. */
export interface FoundLink {
  id: string;
  userId: string;
  purpose: LinkPurpose;
  /** Where it was sent. */
  email: string;
  expiresAt: Date;
  /** The person's address now. */
  ownEmail: string;
  name: string;
}

/** A live session of an active user, and the active organizations where that user is an active member, by name. */
export interface SignedIn {
  session: StoredSession & {
    /** When the person last gave password and second factor. */
    steppedUpAt: Date;
    /** The longest that it was not used since then, as of its last use. */
    longestIdleSeconds: number;
  };
  user: Omit<AuthUser, "passwordHash"> & { emailVerifiedAt: Date | null; hasSecondFactor: boolean };
  organizations: SessionOrganization[];
}

export interface NewSession {
  id: string;
  /** SHA-256 of the session's secret, hexadecimal. */
  tokenHash: string;
  userId: string;
  organizationId: string | null;
  expiresAt: Date;
  absoluteExpiresAt: Date;
  userAgent: string | null;
  remoteAddress: string | null;
}

/** The organization that a host leads to. */
export interface FoundHost {
  organizationId: string;
  /** By a domain of its own, not by its slug. */
  isDomain: boolean;
  isActive: boolean;
}

export interface FoundApiKey {
  id: string;
  organizationId: string;
  /** Of the organization. */
  slug: string;
  name: string;
  grants: Grant[];
  /** Addresses and ranges that it may be used from; none: from anywhere. */
  networks: string[];
}

export interface ApiKeyUse {
  organizationId: string;
  id: string;
  usedAt: Date;
  usedFrom: string;
}

export interface NewPairing {
  id: string;
  /** SHA-256 in hexadecimal, both. */
  deviceCodeHash: string;
  userCodeHash: string;
  publicKey: string;
  hardware: DeviceHardware;
  remoteAddress: string;
  expiresAt: Date;
}

export interface PairingStanding {
  id: string;
  state: "waiting" | "claimed" | "refused" | "expired";
  publicKey: string;
  expiresAt: Date;
  /** These are null until claimed. */
  organizationId: string | null;
  deviceId: string | null;
  organizationName: string | null;
  vetoUntil: Date | null;
}

export interface FoundDevice {
  organizationId: string;
  deviceId: string;
  /** Ed25519 keys not revoked, newest first, base64url. */
  publicKeys: string[];
  isActive: boolean;
  revokedAt: Date | null;
}

/** A key of sealed secrets, itself under a key-encryption key. */
export interface WrappedDataKey {
  /** From 1 on; the highest seals. */
  number: number;
  wrapped: Buffer;
  /** The id of the key-encryption key. */
  wrappedBy: string;
}

export interface RemovedOrganization {
  organizationId: string;
  name: string;
  removedAt: Date;
}

/** An invitation that can still be taken up. */
export interface FoundInvitation {
  organizationId: string;
  id: string;
  organizationName: string;
  email: string;
  role: Role;
  /** The number that its address is derived from. */
  issue: number;
  invitedByName: string | null;
  expiresAt: Date;
  hasAccount: boolean;
}

/** Look-ups of credentials before an organization is known: the only way to users, sessions and pairing requests. */
export interface AuthDatabase extends AuthStatements, AsyncDisposable {
  /**
   * Runs what `work` does with what it is given in one transaction, committed when it resolves and undone when it
   * throws. Await nothing but statements inside.
   */
  inTransaction<Result>(work: (auth: AuthStatements) => Promise<Result>): Promise<Result>;
}

/** One statement each, and each wholly done or not at all. */
export interface AuthStatements {
  findUserByEmail(email: string): Promise<AuthUser | undefined>;
  /**
   * What the same takes that signs in by it: for an address of nobody, somebody inactive with no id of anybody and this
   * hash, so that neither has less to look up, send and read.
   */
  findCredentials(email: string, hashOfNobody: string): Promise<AuthUser>;
  /** Whether anybody has an account. */
  hasUsers(): Promise<boolean>;
  findUser(userId: string): Promise<AuthUser | undefined>;
  /** Ends every link of the person, and every session but the one given. */
  setPassword(change: {
    userId: string;
    passwordHash: string;
    exceptTokenHash: string | null;
    trace: AccountTrace;
  }): Promise<void>;
  /** The same by a link, once, which also shows that the address is theirs; false when it is no longer good. */
  resetPassword(linkId: string, passwordHash: string, trace: AccountTrace): Promise<boolean>;
  /**
   * Takes up a link that shows that an address is the person's, once, and makes it theirs; false when it is no longer
   * good. Rejects with a violation of `users_email` when somebody else has the address by now.
   */
  confirmEmail(linkId: string, trace: AccountTrace): Promise<boolean>;
  /**
   * Makes a link in place of those for the same purpose asked for earlier; gives its end. Null when a newer one was
   * asked for, or all were ended since. Idempotent by its id.
   */
  issueLink(link: NewLink): Promise<Date | null>;
  /** Undefined when unknown, used, ended, replaced, past its time, or its person is not active or has moved on. */
  findLink(id: string): Promise<FoundLink | undefined>;
  /** Has a message sent; `data` is that of a `send-mail` job. */
  enqueueMail(data: Record<string, unknown>): Promise<void>;
  /** Of failed sign-ins, 50 a day and person are kept. */
  noteAccountEvent(userId: string, trace: AccountTrace): Promise<void>;
  /** The same for many, as of when they were; what is noted of nobody is left out. */
  noteFailedSignIns(failures: readonly { userId: string; trace: AccountTrace; at: Date }[]): Promise<void>;
  /** Newest first; at most `limit` behind the one given. */
  listAccountEvents(
    userId: string,
    range: { before: { at: Date; id: string } | undefined; limit: number },
  ): Promise<StoredAccountEvent[]>;
  /** Whether the owner of the address has signed in from a browser before; false for an address of nobody. */
  isKnownDevice(email: string, tokenHash: string): Promise<boolean>;
  /** Notes a sign-in from a browser, keeping the `most` last used; says whether it was known, new, or the first of all. */
  rememberDevice(userId: string, tokenHash: string, most: number): Promise<"known" | "new" | "first">;
  updateProfile(userId: string, name: string): Promise<void>;
  /** Beyond `most`, the person's sessions that were not used for longest end. */
  createSession(session: NewSession, most: number): Promise<void>;
  /** Undefined when unknown, past either expiry, or its user is not active. */
  findSession(tokenHash: string): Promise<SignedIn | undefined>;
  /** Records that the session is in use and moves its expiry, never past the absolute one. */
  touchSession(tokenHash: string, expiresAt: Date): Promise<void>;
  /**
   * Gives a live session another secret, and notes where password and second factor were just given; when it ends at
   * the latest, or null when there is none.
   */
  renewSession(renewal: {
    tokenHash: string;
    newTokenHash: string;
    isSteppedUp: boolean;
  }): Promise<Date | null>;
  /** By a domain that is trusted, else by a slug; undefined when there is neither. */
  findHost(domain: string, slug: string | null): Promise<FoundHost | undefined>;
  /** Names of the person's organizations that take no address of a domain; at most 20. */
  listEmailRefusals(userId: string, domain: string): Promise<string[]>;
  /** Selects the organization of a session; false, and nothing changed, without an active membership there. */
  selectOrganization(tokenHash: string, organizationId: string): Promise<boolean>;
  /** Those that the person, an owner of them, may bring back; newest first, at most 100. */
  listRemovedOrganizations(userId: string): Promise<RemovedOrganization[]>;
  listSessions(userId: string): Promise<StoredSession[]>;
  deleteSession(tokenHash: string): Promise<void>;
  /** Ends one session by its public id, if it is that user's; says whether it was. */
  deleteSessionById(userId: string, sessionId: string): Promise<boolean>;
  /** Ends all sessions of a user but the one given; says how many. */
  deleteSessionsOfUser(userId: string, exceptTokenHash: string | null): Promise<number>;
  /** By SHA-256 of the secret; undefined when unknown, expired, taken back, or its organization is not active. */
  findApiKey(secretHash: Buffer): Promise<FoundApiKey | undefined>;
  /** Notes when and from where keys were last used, many at once. */
  recordApiKeyUse(uses: readonly ApiKeyUse[]): Promise<void>;
  /** False when the user code is in use by a live request: draw another one. */
  startPairing(pairing: NewPairing): Promise<boolean>;
  findPairing(deviceCodeHash: string): Promise<PairingStanding | undefined>;
  /**
   * Refuses the claim from the glass while it may: the device is revoked and removed at once. False when there was
   * no claim to refuse or `vetoUntil` has passed.
   */
  refusePairing(deviceCodeHash: string): Promise<boolean>;
  /** How many requests an address has made since the instant. */
  countPairings(remoteAddress: string, since: Date): Promise<number>;
  /** Undefined when unknown, taken up, withdrawn, past its time, or its organization is not active. */
  findInvitation(organizationId: string, id: string): Promise<FoundInvitation | undefined>;
  readonly secondFactors: SecondFactors;
  /** A key of secrets that belong to no organization; the newest without a number. */
  findDataKey(number: number | null): Promise<WrappedDataKey | undefined>;
  /** False when one of that number was added meanwhile. */
  addDataKey(key: WrappedDataKey): Promise<boolean>;
  /** Undefined when there is no such screen in that organization. */
  findDevice(organizationId: string, deviceId: string): Promise<FoundDevice | undefined>;
}
