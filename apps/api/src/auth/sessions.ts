import { createHash } from "node:crypto";
import { expandGrants, ROLE_GRANTS } from "@vitrine/core/model/permissions";
import type { AuthDatabase, SessionOrganization, SignedIn } from "@vitrine/db/auth";
import { Lucia, TimeSpan } from "lucia";
import type { Clock, NewId } from "../platform/clock.ts";
import type { Actor, Principal } from "./principal.ts";

/** A live session: who it makes the caller, and every organization they could switch to. */
export type FoundSession = {
  principal: Principal & { actor: Extract<Actor, { kind: "user" }> };
  /** The one that the person acts in; null when they belong to none. */
  current: SessionOrganization | null;
  organizations: readonly SessionOrganization[];
};

export type Sessions = {
  /** Starts a session; `token` is the secret that goes into the cookie and is kept nowhere else. */
  open(start: SessionStart): Promise<{ token: string; expiresAt: Date }>;
  /** The live session with this token, or null. Looked up at most every 5 s; ends at once in this process. */
  find(token: string): Promise<FoundSession | null>;
  close(token: string): Promise<void>;
  closeAll(userId: string): Promise<void>;
  /** Makes another organization of the person current; false when they do not belong to it. */
  select(token: string, organizationId: string): Promise<boolean>;
  /** Drops what is remembered of a person, so that the next look-up is fresh. */
  forget(userId: string): void;
  /** The same for everybody who acts in an organization. */
  forgetOrganization(organizationId: string): void;
  /** Calls `listener` whenever sessions of this process may have ended or moved; gives the function that ends it. */
  onEnded(listener: () => void): () => void;
};

export type SessionStart = {
  userId: string;
  organizationId: string | null;
  userAgent: string;
  remoteAddress: string;
};

/** A session slides by 30 days of use and ends 90 days after it began, whatever happens. */
const IDLE = new TimeSpan(30, "d");
const ABSOLUTE = new TimeSpan(90, "d");
const REMEMBER_MS = 5_000;
const REMEMBER_MOST = 10_000;

/** Sessions over Lucia, with an adapter that stores only the SHA-256 of a session's id. */
export function makeSessions(deps: { authDatabase: AuthDatabase; clock: Clock; newId: NewId }): Sessions {
  const { authDatabase, clock } = deps;
  const lucia = makeLucia(deps);
  const remembered = new Map<string, { found: FoundSession; untilMs: number }>();
  const listeners = new Set<() => void>();
  const tellEnded = () => {
    for (const listener of listeners) listener();
  };

  const look = async (token: string): Promise<FoundSession | null> => {
    const { session } = await lucia.validateSession(token);
    return session?.signedIn ? toFound(session.signedIn, session.expiresAt) : null;
  };

  return {
    async open(start) {
      const session = await lucia.createSession(start.userId, { signedIn: null, start });
      return { token: session.id, expiresAt: session.expiresAt };
    },
    async find(token) {
      const key = hashToken(token);
      const known = remembered.get(key);
      if (known && known.untilMs > clock.nowMs()) return known.found;
      const found = await look(token);
      remembered.delete(key);
      if (!found) return null;
      remembered.set(key, { found, untilMs: clock.nowMs() + REMEMBER_MS });
      const oldest = remembered.size > REMEMBER_MOST ? remembered.keys().next().value : undefined;
      if (oldest !== undefined) remembered.delete(oldest);
      return found;
    },
    async close(token) {
      remembered.delete(hashToken(token));
      await lucia.invalidateSession(token);
      tellEnded();
    },
    async closeAll(userId) {
      await lucia.invalidateUserSessions(userId);
      forget(userId);
    },
    async select(token, organizationId) {
      const isSelected = await authDatabase.selectOrganization(hashToken(token), organizationId);
      remembered.delete(hashToken(token));
      tellEnded();
      return isSelected;
    },
    forget,
    forgetOrganization: (organizationId) =>
      drop((found) => found.organizations.some((one) => one.organizationId === organizationId)),
    onEnded(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };

  function forget(userId: string): void {
    drop((found) => found.principal.actor.id === userId);
  }
  function drop(isStale: (found: FoundSession) => boolean): void {
    for (const [key, { found }] of remembered) if (isStale(found)) remembered.delete(key);
    tellEnded();
  }
}

function toFound({ session, user, organizations }: SignedIn, expiresAt: Date): FoundSession {
  const current =
    organizations.find((one) => one.organizationId === session.organizationId) ?? organizations[0];
  return {
    principal: {
      actor: {
        kind: "user",
        id: user.id,
        name: user.name,
        email: user.email,
        sessionId: session.id,
        sessionExpiresAt: expiresAt,
      },
      organization: current
        ? {
            id: current.organizationId,
            permissions: new Set(expandGrants([...ROLE_GRANTS[current.role], ...current.grants])),
          }
        : null,
    },
    current: current ?? null,
    organizations,
  };
}

/** SHA-256 of a session token in hexadecimal: all that the database knows of it. */
function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

declare module "lucia" {
  interface Register {
    Lucia: ReturnType<typeof makeLucia>;
    DatabaseSessionAttributes: { signedIn: SignedIn | null; start: SessionStart | null };
  }
}

function makeLucia({
  authDatabase,
  clock,
  newId,
}: {
  authDatabase: AuthDatabase;
  clock: Clock;
  newId: NewId;
}) {
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
      async setSession({ id: token, userId, expiresAt, attributes }) {
        await authDatabase.createSession({
          tokenHash: hashToken(token),
          id: newId(),
          userId,
          organizationId: attributes.start?.organizationId ?? null,
          expiresAt,
          absoluteExpiresAt: new Date(clock.nowMs() + ABSOLUTE.milliseconds()),
          userAgent: attributes.start?.userAgent.slice(0, 300) ?? "",
          remoteAddress: attributes.start?.remoteAddress ?? "",
        });
      },
      async updateSessionExpiration(token, expiresAt) {
        await authDatabase.touchSession(hashToken(token), expiresAt);
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
