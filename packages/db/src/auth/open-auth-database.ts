import { type Ask, openSingleStatements, type RoleConnectionOptions } from "../database/single-statements.ts";
import { arrayText } from "../database/values.ts";
import type { AuthDatabase, AuthStatements, SignedIn } from "./auth-database.ts";
import * as rows from "./rows.ts";
import { secondFactors } from "./second-factors.ts";

export type * from "./auth-database.ts";

/**
 * Connects as `vitrine_auth`, which may call a handful of functions and touch no table. Rejects with
 * `DatabaseUnusableError` like `openDatabase`.
 */
export async function openAuthDatabase(options: RoleConnectionOptions): Promise<AuthDatabase> {
  const statements = await openSingleStatements("vitrine_auth", options);
  return {
    ...authStatements(statements.ask),
    inTransaction: (work) => statements.inTransaction((ask) => work(authStatements(ask))),
    [Symbol.asyncDispose]: () => statements[Symbol.asyncDispose](),
  };
}

function authStatements(ask: Ask): AuthStatements {
  return {
    findUserByEmail: async (email) =>
      rows.first(rows.user, await ask("select * from auth.find_user_by_email($1)", [email])),
    findCredentials: async (email, hashOfNobody) =>
      rows.user.parse((await ask("select * from auth.find_credentials($1, $2)", [email, hashOfNobody]))[0]),
    hasUsers: async () => rows.answer(rows.boolean, await ask("select auth.has_users() as answer", [])),
    findUser: async (userId) =>
      rows.first(rows.user, await ask("select * from auth.find_user($1)", [userId])),
    setPassword: async ({ userId, passwordHash, exceptTokenHash, trace }) => {
      await ask("select auth.set_password($1, $2, $3, $4)", [
        userId,
        passwordHash,
        exceptTokenHash,
        JSON.stringify(trace),
      ]);
    },
    resetPassword: async (linkId, passwordHash, trace) =>
      rows.answer(
        rows.boolean,
        await ask("select auth.reset_password($1, $2, $3) as answer", [
          linkId,
          passwordHash,
          JSON.stringify(trace),
        ]),
      ),
    confirmEmail: async (linkId, trace) =>
      rows.answer(
        rows.boolean,
        await ask("select auth.confirm_email($1, $2) as answer", [linkId, JSON.stringify(trace)]),
      ),
    issueLink: async (link) =>
      rows.answer(
        rows.maybeDate,
        await ask("select auth.issue_link($1, $2, $3, $4, $5, $6) as answer", [
          link.id,
          link.userId,
          link.purpose,
          link.email,
          link.requestedAt,
          link.expiresAt,
        ]),
      ),
    findLink: async (id) => rows.first(rows.link, await ask("select * from auth.find_link($1)", [id])),
    enqueueMail: async (data) => {
      await ask("select auth.enqueue_mail($1)", [JSON.stringify(data)]);
    },
    noteAccountEvent: async (userId, trace) => {
      await ask("select auth.note_account_event($1, $2)", [userId, JSON.stringify(trace)]);
    },
    noteFailedSignIns: async (failures) => {
      await ask("select auth.note_failed_sign_ins($1)", [JSON.stringify(failures)]);
    },
    listAccountEvents: async (userId, { before, limit }) =>
      rows.all(
        rows.accountEvent,
        await ask("select * from auth.list_account_events($1, $2, $3, $4)", [
          userId,
          before?.at ?? null,
          before?.id ?? null,
          limit,
        ]),
      ),
    isKnownDevice: async (email, tokenHash) =>
      rows.answer(
        rows.boolean,
        await ask("select auth.is_known_device($1, $2) as answer", [email, tokenHash]),
      ),
    rememberDevice: async (userId, tokenHash, most) =>
      rows.answer(
        rows.acquaintance,
        await ask("select auth.remember_device($1, $2, $3) as answer", [userId, tokenHash, most]),
      ),
    updateProfile: async (userId, name) => {
      await ask("select auth.update_profile($1, $2)", [userId, name]);
    },
    createSession: async (session, most) => {
      await ask("select auth.create_session($1, $2, $3, $4, $5, $6, $7, $8, $9)", [
        session.tokenHash,
        session.id,
        session.userId,
        session.organizationId,
        session.expiresAt,
        session.absoluteExpiresAt,
        session.userAgent,
        session.remoteAddress,
        most,
      ]);
    },
    findSession: async (tokenHash) => {
      const found = rows.first(
        rows.signedIn,
        await ask("select * from auth.find_live_session($1)", [tokenHash]),
      );
      return found === undefined ? undefined : toSignedIn(found);
    },
    touchSession: async (tokenHash, expiresAt) => {
      await ask("select auth.touch_session($1, $2)", [tokenHash, expiresAt]);
    },
    renewSession: async ({ tokenHash, newTokenHash, isSteppedUp }) =>
      rows.answer(
        rows.maybeDate,
        await ask("select auth.renew_session($1, $2, $3) as answer", [tokenHash, newTokenHash, isSteppedUp]),
      ),
    findHost: async (domain, slug) =>
      rows.first(rows.host, await ask("select * from auth.find_host($1, $2)", [domain, slug])),
    listEmailRefusals: async (userId, domain) => {
      const text = "select name from auth.list_email_refusals($1, $2) as name";
      return rows.all(rows.refusal, await ask(text, [userId, domain])).map(({ name }) => name);
    },
    selectOrganization: async (tokenHash, organizationId) =>
      rows.answer(
        rows.boolean,
        await ask("select auth.select_organization($1, $2) as answer", [tokenHash, organizationId]),
      ),
    listRemovedOrganizations: async (userId) =>
      rows.all(
        rows.removedOrganization,
        await ask("select * from auth.list_removed_organizations($1)", [userId]),
      ),
    listSessions: async (userId) =>
      rows.all(rows.session, await ask("select * from auth.list_sessions($1)", [userId])),
    deleteSession: async (tokenHash) => {
      await ask("select auth.delete_session($1)", [tokenHash]);
    },
    deleteSessionById: async (userId, sessionId) =>
      rows.answer(
        rows.boolean,
        await ask("select auth.delete_session_by_id($1, $2) as answer", [userId, sessionId]),
      ),
    deleteSessionsOfUser: async (userId, exceptTokenHash) =>
      rows.answer(
        rows.count,
        await ask("select auth.delete_sessions_of_user($1, $2) as answer", [userId, exceptTokenHash]),
      ),
    findApiKey: async (secretHash) =>
      rows.first(rows.apiKey, await ask("select * from auth.find_api_key($1)", [secretHash])),
    recordApiKeyUse: async (uses) => {
      await ask("select auth.record_api_key_use($1, $2, $3, $4)", [
        arrayText(uses.map(({ organizationId }) => organizationId)),
        arrayText(uses.map(({ id }) => id)),
        arrayText(uses.map(({ usedAt }) => usedAt)),
        arrayText(uses.map(({ usedFrom }) => usedFrom)),
      ]);
    },
    startPairing: async (pairing) =>
      rows.answer(
        rows.boolean,
        await ask("select auth.start_pairing($1, $2, $3, $4, $5, $6, $7) as answer", [
          pairing.id,
          pairing.deviceCodeHash,
          pairing.userCodeHash,
          pairing.publicKey,
          JSON.stringify(pairing.hardware),
          pairing.remoteAddress,
          pairing.expiresAt,
        ]),
      ),
    findPairing: async (deviceCodeHash) =>
      rows.first(rows.pairing, await ask("select * from auth.find_pairing($1)", [deviceCodeHash])),
    refusePairing: async (deviceCodeHash) =>
      rows.answer(rows.boolean, await ask("select auth.refuse_pairing($1) as answer", [deviceCodeHash])),
    countPairings: async (remoteAddress, since) =>
      rows.answer(
        rows.count,
        await ask("select auth.count_pairings($1, $2) as answer", [remoteAddress, since]),
      ),
    findInvitation: async (organizationId, id) =>
      rows.first(
        rows.invitation,
        await ask("select * from auth.find_invitation($1, $2)", [organizationId, id]),
      ),
    secondFactors: secondFactors(ask),
    findDataKey: async (number) =>
      rows.first(rows.dataKey, await ask("select * from auth.find_data_key($1)", [number])),
    addDataKey: async ({ number, wrapped, wrappedBy }) =>
      rows.answer(
        rows.boolean,
        await ask("select auth.add_data_key($1, $2, $3) as answer", [number, wrapped, wrappedBy]),
      ),
    findDevice: async (organizationId, deviceId) =>
      rows.first(
        rows.device,
        await ask("select * from auth.find_device($1, $2)", [organizationId, deviceId]),
      ),
  };
}

function toSignedIn({
  organizations,
  email,
  name,
  locale,
  isActive,
  emailVerifiedAt,
  hasSecondFactor,
  ...session
}: rows.SignedInRow): SignedIn {
  const user = { id: session.userId, email, name, locale, isActive, emailVerifiedAt, hasSecondFactor };
  return { session, user, organizations };
}
