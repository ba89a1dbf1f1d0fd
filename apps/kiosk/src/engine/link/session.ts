import * as z from "zod";
import type { Credential, JsonFile, SessionTicket } from "../identity/credential.ts";
import type { Identity } from "../identity/identity.ts";
import { describe, type Log } from "../platform/log.ts";
import type { Random } from "../platform/random.ts";
import { callProcedure } from "./device-api.ts";
import type { HttpDeps } from "./http.ts";
import { isAppFailure, LinkError } from "./link-error.ts";
import type { ServerClock } from "./server-clock.ts";

export interface SessionDeps extends HttpDeps {
  random: Random;
  serverUrl: string;
  identity: Identity;
  credential: Credential;
  serverClock: ServerClock;
  log: Log;
  /** Where the ticket of the newest session is kept, for the next one. */
  tickets: JsonFile<SessionTicket>;
}

/** The token of `session.open`, opened when first wanted and renewed before it ends. */
export interface Session {
  /** A token that is good for a while; many callers share one opening. */
  getToken(signal: AbortSignal): Promise<string>;
  /** Forgets this token, which the server refused. */
  discard(token: string): void;
}

/** Sessions of a claimed screen. `DEVICE_CLOCK_WRONG` puts the clock right and is tried once more. */
export function createSession(deps: SessionDeps): Session {
  let current: { token: string; renewAtMs: number } | undefined;
  let opening: Promise<string> | undefined;
  let ticket: string | null | undefined;

  const findTicket = async (): Promise<string | null> => {
    const kept = await deps.tickets.find();
    return kept?.deviceId === deps.credential.deviceId ? kept.ticket : null;
  };

  /** On disk before the token is used. A disk that refuses does not stop the screen: it may be taken for a copy later. */
  const keepTicket = async (next: string) => {
    ticket = next;
    await deps.tickets
      .save({ deviceId: deps.credential.deviceId, ticket: next })
      .catch((error: unknown) => deps.log.warn("session_not_kept", { reason: describe(error) }));
  };

  const open = async (signal: AbortSignal): Promise<string> => {
    const issuedAt = new Date(deps.serverClock.nowMs()).toISOString();
    const nonce = Buffer.from(deps.random.bytes(18)).toString("base64url");
    const { deviceId, organizationId } = deps.credential;
    const signature = deps.identity.sign(`vitrine-session:${deviceId}:${issuedAt}:${nonce}`);
    ticket ??= await findTicket();
    const input = { deviceId, organizationId, issuedAt, nonce, signature, ticket };
    const { value, sentAtMs, receivedAtMs } = await callProcedure(deps, "session.open", input, { signal });
    const serverMs = Date.parse(value.serverTime);
    deps.serverClock.observe({ serverMs, sentAtMs, receivedAtMs });
    await keepTicket(value.ticket);
    const lifetimeMs = Math.max(0, Date.parse(value.expiresAt) - serverMs);
    const share = 0.7 + 0.2 * deps.random.fraction();
    current = { token: value.token, renewAtMs: receivedAtMs + lifetimeMs * share };
    return value.token;
  };

  const openTwice = async (signal: AbortSignal): Promise<string> => {
    const sentAtMs = deps.clock.monotonicMs();
    try {
      return await open(signal);
    } catch (error) {
      if (!isAppFailure(error, "DEVICE_CLOCK_WRONG")) throw error;
      const serverMs = readServerTime(error);
      if (serverMs === undefined) throw error;
      deps.serverClock.observe({ serverMs, sentAtMs, receivedAtMs: deps.clock.monotonicMs() });
      return await open(signal);
    }
  };

  return {
    async getToken(signal) {
      if (current && deps.clock.monotonicMs() < current.renewAtMs) return current.token;
      opening ??= openTwice(signal).finally(() => {
        opening = undefined;
      });
      return await opening;
    },
    discard(token) {
      if (current?.token === token) current = undefined;
    },
  };
}

const clockWrong = z.object({ serverTime: z.string() });

function readServerTime(error: unknown): number | undefined {
  if (!(error instanceof LinkError) || error.failure.kind !== "app") return undefined;
  const serverMs = Date.parse(clockWrong.safeParse(error.failure.data).data?.serverTime ?? "");
  return Number.isFinite(serverMs) ? serverMs : undefined;
}
