import { MAX_SESSIONS, SESSION_DAYS, SESSION_IDLE_HOURS } from "@vitrine/core/model/account";
import { mayBeLimited } from "@vitrine/core/model/business";
import { expandGrants, ROLE_GRANTS } from "@vitrine/core/model/permissions";
import type {
  AuthDatabase,
  AuthStatements,
  NewSession,
  SessionOrganization,
  SignedIn,
  StoredSession,
} from "@vitrine/db/auth";
import { Lucia, TimeSpan } from "lucia";
import type { Clock, NewId } from "../platform/clock.ts";
import { RecentMap } from "../platform/recent-map.ts";
import type { Resolved } from "../tenancy/resolve-organization.ts";
import type { Actor, Principal, PrincipalOrganization } from "./principal.ts";
import { hashToken, makeToken } from "./token-hash.ts";

export type { AuthStatements };

/** A live session: who it makes the caller, and every organization they could switch to. */
export type FoundSession = {
  principal: Principal & { actor: Extract<Actor, { kind: "user" }> };
  /** The one that the person acts in; null when they belong to none. */
  current: SessionOrganization | null;
  organizations: readonly SessionOrganization[];
  /** Whether the request's host, and not the session, says where the person acts. */
  isBound: boolean;
  /** The longest that the session was not used since password and second factor were given. */
  idleMs: number;
};

export type Sessions = {
  /** Starts a session; `store` writes it, where it is written together with other things. */
  open(start: SessionStart, store?: StoreSession): Promise<SessionSecret>;
  /** The live session with this token, or null. Looked up at most every 5 s; ends at once in this process. */
  find(token: string): Promise<FoundSession | null>;
  close(token: string): Promise<void>;
  /** A person's live sessions, the last used first. */
  list(userId: string): Promise<Omit<StoredSession, "tokenHash">[]>;
  /** Makes another organization of the person current; false when they do not belong to it. */
  select(token: string, organizationId: string): Promise<boolean>;
  /**
   * Drops what is remembered of a person, so that the next look-up is fresh: after what changed them was committed.
   * `onTold` says when listeners hear of it; without it at once.
   */
  forget(userId: string, onTold?: (tell: () => void) => void): void;
  /** The same for everybody who acts in an organization. */
  forgetOrganization(organizationId: string): void;
  /** Calls `listener` whenever sessions of this process may have ended or moved; gives the function that ends it. */
  onEnded(listener: () => void): () => void;
};

/** `token` goes into the cookie and is kept nowhere else; `expiresAt` is the latest that the session can end. */
export type SessionSecret = { token: string; expiresAt: Date };

export type SessionStart = {
  userId: string;
  organizationId: string | null;
  userAgent: string;
  remoteAddress: string;
};

/** Beyond `most`, the person's sessions that were not used for longest end. */
export type StoreSession = (session: NewSession, most: number) => Promise<void>;

const IDLE = new TimeSpan(SESSION_IDLE_HOURS, "h");
const ABSOLUTE = new TimeSpan(SESSION_DAYS, "d");
/** That a session was used is written down at most this often. */
const TOUCH_MS = 60_000;
const REMEMBER_MS = 5_000;
const REMEMBER_LEAST = 10_000;

export type SessionsDeps = {
  authDatabase: AuthDatabase;
  clock: Clock;
  newId: NewId;
  /** Whether people have to show that their address is theirs. */
  asksForVerification: boolean;
};

/** Sessions over Lucia, with an adapter that stores only the SHA-256 of a session's id. */
export function makeSessions(deps: SessionsDeps): Sessions {
  const { authDatabase, clock, asksForVerification } = deps;
  const lucia = makeLucia(deps);
  const remembered = new RecentMap<{ found: FoundSession; untilMs: number }>(REMEMBER_LEAST);
  const listeners = new Set<() => void>();
  const tellEnded = () => {
    for (const listener of listeners) listener();
  };

  const look = async (token: string): Promise<FoundSession | null> => {
    const { session } = await lucia.validateSession(token);
    if (!session?.signedIn) return null;
    const { signedIn } = session;
    let { expiresAt } = session;
    if (clock.nowMs() - signedIn.session.lastSeenAt.getTime() >= TOUCH_MS) {
      const { absoluteExpiresAt } = signedIn.session;
      expiresAt = new Date(Math.min(clock.nowMs() + IDLE.milliseconds(), absoluteExpiresAt.getTime()));
      await authDatabase.touchSession(hashToken(token), expiresAt);
    }
    return toFound(signedIn, { expiresAt, asksForVerification, nowMs: clock.nowMs() });
  };
  const latestEnd = () => new Date(clock.nowMs() + ABSOLUTE.milliseconds());

  return {
    async open(start, store = authDatabase.createSession) {
      const expiresAt = latestEnd();
      const attributes = { signedIn: null, start: { ...start, absoluteExpiresAt: expiresAt, store } };
      const session = await lucia.createSession(start.userId, attributes, { sessionId: makeToken() });
      return { token: session.id, expiresAt };
    },
    async find(token) {
      const key = hashToken(token);
      const known = remembered.get(key);
      if (known && known.untilMs > clock.nowMs()) return known.found;
      const found = await look(token);
      remembered.delete(key);
      if (!found) return null;
      remembered.set(key, { found, untilMs: clock.nowMs() + REMEMBER_MS });
      return found;
    },
    async close(token) {
      remembered.delete(hashToken(token));
      await lucia.invalidateSession(token);
      tellEnded();
    },
    async list(userId) {
      const found = await authDatabase.listSessions(userId);
      return found.map(({ tokenHash: _secret, ...session }) => session);
    },
    async select(token, organizationId) {
      const isSelected = await authDatabase.selectOrganization(hashToken(token), organizationId);
      remembered.delete(hashToken(token));
      tellEnded();
      return isSelected;
    },
    forget: (userId, onTold) => drop((found) => found.principal.actor.id === userId, onTold),
    forgetOrganization: (organizationId) =>
      drop((found) => found.organizations.some((one) => one.organizationId === organizationId)),
    onEnded(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };

  function drop(isStale: (found: FoundSession) => boolean, onTold = atOnce): void {
    remembered.deleteWhere(({ found }) => isStale(found));
    onTold(tellEnded);
  }
}

/** The same session, acting in another of its organizations, in none, or in one that is not to be had for it. */
export function actingIn(
  found: FoundSession,
  resolved: Resolved<SessionOrganization>,
  clock: Clock,
): FoundSession {
  const isUnavailable = resolved === "unavailable";
  const current = isUnavailable ? null : resolved;
  const { actor } = found.principal;
  const organization = current && toPrincipalOrganization(current, actor, found.idleMs, clock.nowMs());
  return { ...found, principal: { actor, organization, isUnavailable }, current, isBound: true };
}

function toFound(
  { session, user, organizations }: SignedIn,
  { expiresAt, asksForVerification, nowMs }: { expiresAt: Date; asksForVerification: boolean; nowMs: number },
): FoundSession {
  const current =
    organizations.find((one) => one.organizationId === session.organizationId) ?? organizations[0] ?? null;
  const idleMs = Math.max(session.longestIdleSeconds * 1000, nowMs - session.lastSeenAt.getTime());
  const actor = {
    kind: "user" as const,
    id: user.id,
    name: user.name,
    email: user.email,
    sessionId: session.id,
    sessionExpiresAt: expiresAt,
    mustVerifyEmail: asksForVerification && user.emailVerifiedAt === null,
    steppedUpAt: session.steppedUpAt,
    hasSecondFactor: user.hasSecondFactor,
  };
  const organization = current && toPrincipalOrganization(current, actor, idleMs, nowMs);
  return {
    principal: { actor, organization, isUnavailable: false },
    current,
    organizations,
    isBound: false,
    idleMs,
  };
}

/**
 * Who lacks the second factor that an organization asks for, or signed in too long ago for it, may do nothing there, by
 * any door; who is limited to businesses nothing that concerns it as a whole.
 */
function toPrincipalOrganization(
  organization: SessionOrganization,
  {
    hasSecondFactor,
    steppedUpAt,
  }: Pick<FoundSession["principal"]["actor"], "hasSecondFactor" | "steppedUpAt">,
  idleMs: number,
  nowMs: number,
): PrincipalOrganization {
  const { organizationId, role, grants, businesses, sessionIdleMinutes, sessionHours } = organization;
  const isSecondFactorMissing = organization.isSecondFactorRequired && !hasSecondFactor;
  const mustSignInAgain =
    (sessionIdleMinutes !== null && idleMs > sessionIdleMinutes * 60_000) ||
    (sessionHours !== null && nowMs - steppedUpAt.getTime() > sessionHours * 3_600_000);
  const held = isSecondFactorMissing || mustSignInAgain ? [] : [...ROLE_GRANTS[role], ...grants];
  const permissions = expandGrants(held).filter((one) => businesses === null || mayBeLimited(one));
  return {
    id: organizationId,
    permissions: new Set(permissions),
    businessIds: businesses?.map(({ id }) => id) ?? null,
    isSecondFactorMissing,
    mustSignInAgain,
  };
}

function atOnce(tell: () => void): void {
  tell();
}

declare module "lucia" {
  interface Register {
    Lucia: ReturnType<typeof makeLucia>;
    DatabaseSessionAttributes: {
      signedIn: SignedIn | null;
      start: (SessionStart & { absoluteExpiresAt: Date; store: StoreSession }) | null;
    };
  }
}

function makeLucia({ authDatabase, newId }: Pick<SessionsDeps, "authDatabase" | "newId">) {
  return new Lucia(
    {
      async getSessionAndUser(token) {
        const found = await authDatabase.findSession(hashToken(token));
        if (!found) return [null, null];
        const { session } = found;
        const expiresAt = new Date(
          Math.min(session.expiresAt.getTime(), session.absoluteExpiresAt.getTime()),
        );
        return [
          { id: token, userId: session.userId, expiresAt, attributes: { signedIn: found, start: null } },
          { id: session.userId, attributes: {} },
        ];
      },
      async getUserSessions() {
        // Lucia's list carries session secrets, which nobody stores; sessions are listed by their public ids.
        return [];
      },
      async setSession({ id: token, userId, expiresAt, attributes: { start } }) {
        if (!start) throw new Error("A session starts with who and where");
        const session = {
          tokenHash: hashToken(token),
          id: newId(),
          userId,
          organizationId: start.organizationId,
          expiresAt,
          absoluteExpiresAt: start.absoluteExpiresAt,
          userAgent: start.userAgent.slice(0, 300),
          remoteAddress: start.remoteAddress,
        };
        await start.store(session, MAX_SESSIONS);
      },
      async updateSessionExpiration() {
        // Each use slides the session, written down once a minute, not only in the second half of its time.
      },
      async deleteSession(token) {
        await authDatabase.deleteSession(hashToken(token));
      },
      async deleteUserSessions(userId) {
        await authDatabase.deleteSessionsOfUser(userId, null);
      },
      async deleteExpiredSessions() {
        // Expired sessions go with the housekeeping job, which may cross tenants.
      },
    },
    {
      sessionExpiresIn: IDLE,
      getSessionAttributes: ({ signedIn }) => ({ signedIn }),
    },
  );
}
