import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign } from "node:crypto";
import type { CommandKind } from "@vitrine/core/model/device";
import {
  type AnsweredBeat,
  acknowledgeCommandInput,
  beatOf,
  type Heartbeat,
  heartbeatInput,
  liveCall,
  openSessionInput,
  type PlayReport,
  pollPairingInput,
  reportEventsInput,
  reportPlaysInput,
  type ScreenEvent,
  startPairingInput,
} from "@vitrine/core/model/device-protocol";
import { type AppErrorShape, ERRORS, type ErrorCode } from "@vitrine/core/model/errors";
import type { Manifest } from "@vitrine/core/model/manifest";
import { isSignedBy } from "../identity/identity.ts";
import type { TestFile } from "../testing/test-content.ts";
import type { SeededRandom } from "./seeded-random.ts";

export interface ServerRequest {
  method: string;
  path: string;
  headers: Headers;
  body: Uint8Array;
}

export interface ServerAnswer {
  status: number;
  headers: Record<string, string>;
  body: Uint8Array;
}

/** All that a server remembers of its one screen, to go on from in another world. */
export interface ServerState {
  plays: Map<string, PlayReport>;
  events: Map<string, ScreenEvent>;
  pairings: Map<string, { publicKey: string; isClaimed: boolean }>;
  tokens: Map<string, number>;
  devicePublicKey: string;
  published: PublishedManifest | undefined;
  commands: { id: string; kind: CommandKind; expiresAt: string }[];
  acknowledged: { id: string; isDone: boolean }[];
  /** The ticket that was shown last, and those given out since: one of them comes next. */
  shownTicket: string | null;
  nextTickets: string[];
  /** How often a ticket came that only a copy of the screen could still have. */
  copies: number;
  isRevoked: boolean;
}

export interface PublishedManifest {
  manifest: Manifest;
  body: Buffer;
  etag: string;
  signature: string;
}

/** The device protocol without a network: each request is answered at once. */
export interface VirtualServer {
  readonly state: ServerState;
  readonly publicKey: string;
  readonly organizationId: string;
  readonly deviceId: string;
  readonly files: Map<string, TestFile>;
  /** Files that the server has lost. */
  readonly lostFiles: Set<string>;
  readonly heartbeats: Heartbeat[];
  /** Epoch milliseconds by this server's clock. */
  nowMs(): number;
  /** What a request gets; 101 for the live connection, which the network keeps and feeds. */
  answer(request: ServerRequest): ServerAnswer;
  /** What a text on a live connection gets, by the headers with which that was opened. */
  reply(headers: Headers, text: string): string;
  publish(manifest: Manifest, files?: readonly TestFile[]): void;
  /** Serves this in place of the manifest, for as long as nothing is published. */
  publishRaw(published: PublishedManifest): void;
  sign(body: Uint8Array): string;
  command(kind: CommandKind, lifetimeMs: number): string;
  /** Claims the code that the screen shows; false while there is none. */
  claim(): boolean;
  /** All sessions end, as when the server starts anew without a memory of them. */
  forgetSessions(): void;
  /** A copy of what it remembers. */
  remember(): ServerState;
}

export interface ServerDeps {
  random: SeededRandom;
  nowMs(): number;
  url: string;
  state?: ServerState;
}

const SESSION_MS = 900_000;
export const ORGANIZATION_ID = "00000000-0000-4000-8009-000000000000";
export const DEVICE_ID = "00000000-0000-4000-8009-000000000001";

/** A server with one organization and one screen. Its key is the same in every world. */
export function createVirtualServer({ random, nowMs, url, state: former }: ServerDeps): VirtualServer {
  const keys = keyPairOf(7);
  const state = former ?? newState();
  let answered: AnsweredBeat | undefined;
  const nonces = new Set<string>();
  const iso = (ms: number) => new Date(ms).toISOString();

  const procedures: Record<string, (input: unknown) => unknown> = {
    "pairing.start"(input) {
      const { publicKey } = startPairingInput.parse(input);
      const deviceCode = Buffer.from(random.bytes(32)).toString("base64url");
      state.pairings.set(deviceCode, { publicKey, isClaimed: false });
      const expiresAt = iso(nowMs() + 600_000);
      return { deviceCode, userCode: "BCDFGHJKLMNP", claimUrl: `${url}/pair`, expiresAt, pollEveryMs: 2000 };
    },
    "pairing.poll"(input) {
      const { deviceCode, signature } = pollPairingInput.parse(input);
      const pairing = state.pairings.get(deviceCode);
      if (!pairing) return { kind: "expired" };
      if (!isSignedBy(pairing.publicKey, Buffer.from(`vitrine-pair:${deviceCode}`), signature))
        throw new Refusal("DEVICE_SIGNATURE_WRONG");
      if (!pairing.isClaimed) return { kind: "waiting" };
      Object.assign(state, { devicePublicKey: pairing.publicKey, isRevoked: false });
      Object.assign(state, { shownTicket: null, nextTickets: [] });
      return {
        kind: "claimed",
        organizationName: "Café Central",
        deviceId: DEVICE_ID,
        organizationId: ORGANIZATION_ID,
        serverPublicKey: keys.publicKey,
        vetoUntil: iso(nowMs()),
      };
    },
    "pairing.refuse": () => ({}),
    "session.open"(input) {
      const { deviceId, issuedAt, nonce, signature, ticket } = openSessionInput.parse(input);
      if (state.isRevoked) throw new Refusal("DEVICE_REVOKED");
      const text = `vitrine-session:${deviceId}:${issuedAt}:${nonce}`;
      if (!isSignedBy(state.devicePublicKey, Buffer.from(text), signature))
        throw new Refusal("DEVICE_SIGNATURE_WRONG");
      if (Math.abs(Date.parse(issuedAt) - nowMs()) > 600_000)
        throw new Refusal("DEVICE_CLOCK_WRONG", { serverTime: iso(nowMs()) });
      if (nonces.has(nonce)) throw new Refusal("DEVICE_SIGNATURE_WRONG");
      nonces.add(nonce);
      judgeTicket(ticket);
      const token = random.id();
      const next = random.id();
      state.tokens.clear();
      state.tokens.set(token, nowMs() + SESSION_MS);
      state.nextTickets.push(next);
      return { token, expiresAt: iso(nowMs() + SESSION_MS), serverTime: iso(nowMs()), ticket: next };
    },
    "heartbeat.report"(input) {
      self.heartbeats.push(heartbeatInput.parse(input));
      if (self.heartbeats.length > 100) self.heartbeats.shift();
      return {
        serverTime: iso(nowMs()),
        manifestEtag: state.published?.etag ?? null,
        commands: state.commands.map((command) => ({
          ...command,
          signature: self.sign(
            Buffer.from(`vitrine-command:${DEVICE_ID}:${command.id}:${command.kind}:${command.expiresAt}`),
          ),
        })),
      };
    },
    "plays.report": (input) => count(state.plays, reportPlaysInput.parse(input).plays),
    "events.report": (input) => count(state.events, reportEventsInput.parse(input).events),
    "commands.acknowledge"(input) {
      const { id, isDone } = acknowledgeCommandInput.parse(input);
      state.acknowledged.push({ id, isDone });
      state.commands = state.commands.filter((command) => command.id !== id);
      return {};
    },
  };

  const judgeTicket = (ticket: string | null) => {
    if (ticket !== null && state.nextTickets.includes(ticket)) {
      state.shownTicket = ticket;
      state.nextTickets = [];
    } else if (ticket !== state.shownTicket) state.copies += 1;
  };

  const authorize = (headers: Headers) => {
    if (state.isRevoked) throw new Refusal("DEVICE_REVOKED");
    const token = headers.get("authorization")?.replace("Bearer ", "") ?? "";
    if ((state.tokens.get(token) ?? 0) < nowMs()) throw new Refusal("DEVICE_SESSION_EXPIRED");
  };

  const call = (name: string, body: Uint8Array): ServerAnswer => {
    const procedure = procedures[name];
    if (!procedure) throw new Refusal("NOT_FOUND");
    return json(200, { result: { data: procedure(JSON.parse(Buffer.from(body).toString("utf8"))) } });
  };

  const plain = (request: ServerRequest): ServerAnswer => {
    const { path, headers } = request;
    if (path === "/device/manifest") {
      if (!state.published) throw new Refusal("NOT_FOUND");
      const { body, etag, signature } = state.published;
      const told = { etag: `"${etag}"`, "x-vitrine-signature": signature };
      const isKnown = headers.get("if-none-match") === `"${etag}"`;
      return { status: isKnown ? 304 : 200, headers: told, body: isKnown ? new Uint8Array() : body };
    }
    if (path === "/device/live") {
      answered = undefined;
      return { status: 101, headers: {}, body: new Uint8Array() };
    }
    if (/^\/device\/(screenshots|logs)\//.test(path))
      return { status: 204, headers: {}, body: new Uint8Array() };
    const [, sha256 = "", isChunks] = /^\/device\/files\/([0-9a-f]{64})(\/chunks)?$/.exec(path) ?? [];
    const file = self.lostFiles.has(sha256) ? undefined : self.files.get(sha256);
    if (!file) throw new Refusal("NOT_FOUND");
    if (isChunks !== undefined) return { status: 200, headers: {}, body: file.chunks };
    const range = /^bytes=(\d+)-(\d+)?$/.exec(headers.get("range") ?? "");
    const start = Number(range?.[1] ?? 0);
    const end = Math.min(Number(range?.[2] ?? file.bytes.length - 1), file.bytes.length - 1);
    const told = { "content-range": `bytes ${start}-${end}/${file.bytes.length}` };
    return { status: range ? 206 : 200, headers: told, body: file.bytes.subarray(start, end + 1) };
  };

  const self: VirtualServer = {
    state,
    publicKey: keys.publicKey,
    organizationId: ORGANIZATION_ID,
    deviceId: DEVICE_ID,
    files: new Map(),
    lostFiles: new Set(),
    heartbeats: [],
    nowMs,
    answer(request) {
      const procedure = /^\/device\/trpc\/([\w.]+)$/.exec(request.path)?.[1];
      try {
        if (procedure !== undefined && /^(pairing|session)\./.test(procedure))
          return call(procedure, request.body);
        authorize(request.headers);
        return procedure === undefined ? plain(request) : call(procedure, request.body);
      } catch (error) {
        const app = failureOf(error);
        const status = ERRORS[app.code].transport === "UNAUTHORIZED" ? 401 : 404;
        return json(status, { error: { message: app.code, code: -32000, data: { app } } });
      }
    },
    reply(headers, text) {
      const said = liveCall.parse(JSON.parse(text));
      const { id } = said;
      const beat = beatOf(said, answered);
      if (!beat) throw new Error(`Beat ${id} builds on another than the last one answered`);
      try {
        authorize(headers);
        const answer = procedures["heartbeat.report"]?.(beat);
        answered = { id, beat };
        return JSON.stringify({ kind: "beaten", id, answer });
      } catch (error) {
        return JSON.stringify({ kind: "refused", id, error: failureOf(error) });
      }
    },
    publish(manifest, files = []) {
      for (const one of files) self.files.set(one.file.sha256, one);
      const bound = { ...manifest, deviceId: DEVICE_ID, organizationId: ORGANIZATION_ID };
      const body = Buffer.from(JSON.stringify(bound));
      const etag = createHash("sha256").update(body).digest("hex");
      state.published = { manifest: bound, body, etag, signature: self.sign(body) };
    },
    publishRaw(published) {
      state.published = published;
    },
    sign: (body) => sign(null, body, keys.privateKey).toString("base64url"),
    command(kind, lifetimeMs) {
      const id = random.id();
      state.commands.push({ id, kind, expiresAt: iso(nowMs() + lifetimeMs) });
      return id;
    },
    claim() {
      const waiting = [...state.pairings.values()].find((one) => !one.isClaimed);
      if (waiting) waiting.isClaimed = true;
      return waiting !== undefined;
    },
    forgetSessions: () => state.tokens.clear(),
    remember: () => ({
      ...state,
      plays: new Map(state.plays),
      events: new Map(state.events),
      pairings: new Map([...state.pairings].map(([code, one]) => [code, { ...one }])),
      tokens: new Map(state.tokens),
      commands: [...state.commands],
      acknowledged: [...state.acknowledged],
      nextTickets: [...state.nextTickets],
    }),
  };
  return self;
}

function newState(): ServerState {
  return {
    plays: new Map(),
    events: new Map(),
    pairings: new Map(),
    tokens: new Map(),
    devicePublicKey: "",
    published: undefined,
    commands: [],
    acknowledged: [],
    shownTicket: null,
    nextTickets: [],
    copies: 0,
    isRevoked: false,
  };
}

/** Counts each report once by (boot, sequence). */
function count<Report extends { bootId: string; sequence: number }>(
  known: Map<string, Report>,
  reports: readonly Report[],
): { newCount: number; knownCount: number } {
  let newCount = 0;
  for (const report of reports) {
    const key = `${report.bootId} ${report.sequence}`;
    if (!known.has(key)) {
      known.set(key, report);
      newCount += 1;
    }
  }
  return { newCount, knownCount: reports.length - newCount };
}

class Refusal extends Error {
  readonly code: ErrorCode;
  readonly data: unknown;
  constructor(code: ErrorCode, data: unknown = {}) {
    super(code);
    this.code = code;
    this.data = data;
  }
}

function failureOf(error: unknown): AppErrorShape {
  if (!(error instanceof Refusal)) throw error;
  const { code, data } = error;
  return { code, isRetryable: ERRORS[code].isRetryable, requestId: "r", data };
}

function json(status: number, value: unknown): ServerAnswer {
  return {
    status,
    headers: { "content-type": "application/json" },
    body: Buffer.from(JSON.stringify(value)),
  };
}

/** An Ed25519 key pair that a number decides: PKCS #8 with 32 equal bytes as its secret. */
export function keyPairOf(number: number): { privateKey: KeyObject; publicKey: string; secret: string } {
  const secret = Buffer.alloc(32, number);
  const der = Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), secret]);
  const privateKey = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
  const { x } = createPublicKey(privateKey).export({ format: "jwk" });
  return { privateKey, publicKey: String(x), secret: secret.toString("base64url") };
}
