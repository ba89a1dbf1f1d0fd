import type { Principal } from "../auth/principal.ts";
import type { FoundSession } from "../auth/sessions.ts";
import type { Services } from "../services.ts";
import type { HostMeaning } from "../tenancy/hosts.ts";
import type { CallLimit } from "./call-limits.ts";

/** What every procedure is given. Made once a request; a batch shares it. */
export type RequestContext = {
  services: Services;
  requestId: string;
  /** The client's address; forwarded headers count only behind trusted proxies. */
  remoteAddress: string;
  /** At most 300 characters. */
  userAgent: string;
  /** Address of the content origin as this client reaches it, for instance `http://localhost:3001`. */
  contentOrigin: string;
  /** The sub-domain of ours that messages about an account lead back to; null: they lead to our own origin. */
  accountOrigin: string | null;
  /** What the host means that the request came by. */
  findHost(): Promise<HostMeaning>;
  /** Address of the dashboard as this client reaches it: only for links that the caller is shown. */
  findPublicOrigin(): Promise<string>;
  /** Where messages that this request causes lead. Errors: HOST_UNKNOWN. */
  findMailOrigin(): Promise<string>;
  /** Who is asking, looked up once and only when needed; null when nobody is signed in. */
  findPrincipal(): Promise<Principal | null>;
  /** Who was found to be asking, also where that was refused; null when nobody was, or nothing asked so far. */
  caller(): Principal | null;
  /** Who is asking as of now: for what goes on after the request was let in. */
  findPrincipalAnew(): Promise<Principal | null>;
  /** The live session with this secret, acting in the organization that the request is for; null when there is none. */
  findSession(token: string): Promise<FoundSession | null>;
  /** The session cookie's secret, null without one. */
  sessionToken(): string | null;
  /** The same where a procedure has made sure that there is one. */
  requireSessionToken(): string;
  /** Calls `work` when the answer has gone, or its connection is lost. */
  afterAnswer(work: () => void): void;
  /** Tells the client how often it may still call; of several limits, the one that is nearest to its end. */
  tellLimit(limit: CallLimit): void;
  /** Sets or (null) clears the session cookie of the answer. */
  setSessionCookie(session: { token: string; expiresAt: Date } | null): void;
  /** The secret by which this browser is known to those who have signed in from it, null without one. */
  deviceToken(): string | null;
  setDeviceCookie(device: { token: string; expiresAt: Date }): void;
  /** The secret of who gave the right password here and has yet to show the second factor, null without one. */
  secondStepToken(): string | null;
  setSecondStepCookie(step: { token: string; expiresAt: Date } | null): void;
};
