import { openSingleStatements, type RoleConnectionOptions } from "../database/single-statements.ts";
import { arrayText } from "../database/values.ts";
import type { AuthDatabase, SignedIn } from "./auth-database.ts";
import * as rows from "./rows.ts";

export type * from "./auth-database.ts";

/**
 * Connects as `vitrine_auth`, which may call a handful of functions and touch no table. Rejects with
 * `DatabaseUnusableError` like `openDatabase`.
 */
export async function openAuthDatabase(options: RoleConnectionOptions): Promise<AuthDatabase> {
  const { ask, ...held } = await openSingleStatements("vitrine_auth", options);
  return {
    findUserByEmail: async (email) =>
      rows.first(rows.user, await ask("select * from auth.find_user_by_email($1)", [email])),
    findUser: async (userId) =>
      rows.first(rows.user, await ask("select * from auth.find_user($1)", [userId])),
    setPassword: async (userId, passwordHash) => {
      await ask("select auth.set_password($1, $2)", [userId, passwordHash]);
    },
    updateProfile: async (userId, name) => {
      await ask("select auth.update_profile($1, $2)", [userId, name]);
    },
    createSession: async (session) => {
      await ask("select auth.create_session($1, $2, $3, $4, $5, $6, $7, $8)", [
        session.tokenHash,
        session.id,
        session.userId,
        session.organizationId,
        session.expiresAt,
        session.absoluteExpiresAt,
        session.userAgent,
        session.remoteAddress,
      ]);
    },
    findSession: async (tokenHash) => {
      const found = rows.first(rows.signedIn, await ask("select * from auth.find_session($1)", [tokenHash]));
      return found === undefined ? undefined : toSignedIn(found);
    },
    touchSession: async (tokenHash, expiresAt) => {
      await ask("select auth.touch_session($1, $2)", [tokenHash, expiresAt]);
    },
    selectOrganization: async (tokenHash, organizationId) =>
      rows.answer(
        rows.boolean,
        await ask("select auth.select_organization($1, $2) as answer", [tokenHash, organizationId]),
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
    ...held,
  };
}

function toSignedIn({
  organizations,
  email,
  name,
  locale,
  isActive,
  ...session
}: rows.SignedInRow): SignedIn {
  return { session, user: { id: session.userId, email, name, locale, isActive }, organizations };
}
