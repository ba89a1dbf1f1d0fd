import { createHash, generateKeyPairSync, type KeyObject, randomBytes, randomUUID, sign } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { CommandKind } from "@vitrine/core/model/device";
import {
  type AnsweredBeat,
  acknowledgeCommandInput,
  beatOf,
  type Heartbeat,
  type Hint,
  heartbeatInput,
  liveCall,
  openSessionInput,
  type PlayReport,
  type pendingCommand,
  pollPairingInput,
  reportEventsInput,
  reportPlaysInput,
  type ScreenEvent,
  startPairingInput,
} from "@vitrine/core/model/device-protocol";
import type { Manifest } from "@vitrine/core/model/manifest";
import { type WebSocket, WebSocketServer } from "ws";
import type * as z from "zod";
import { isSignedBy } from "../identity/identity.ts";
import {
  LostAnswer,
  Refusal,
  readBody,
  type SignedManifest,
  sendFailure,
  sendFile,
  sendManifest,
  sendResult,
} from "./device-answers.ts";
import type { TestFile } from "./test-content.ts";

/** A server that speaks the device protocol over real HTTP, with knobs for what a test needs to go wrong. */
export interface DeviceServer extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  readonly organizationId: string;
  readonly deviceId: string;
  readonly plays: Map<string, PlayReport>;
  readonly heartbeats: Heartbeat[];
  readonly acknowledged: { id: string; isDone: boolean; failure: string | null }[];
  readonly screenshots: Map<string, Buffer>;
  /** Logs as they were sent, by the command's id. */
  readonly logs: Map<string, Buffer>;
  readonly events: Map<string, ScreenEvent>;
  /** Sessions that were opened with a ticket which a later one had replaced. */
  readonly copies: number;
  /** Every request's method and path, in order. */
  readonly requests: string[];
  readonly refusals: string[];
  files: Map<string, TestFile>;
  vetoMs: number;
  isRevoked: boolean;
  /** Bytes of file bodies that went out. */
  servedBytes: number;
  /** Answers of plays.report are lost on the way while true; the plays are counted. */
  losesReceipts: boolean;
  /** What the next heartbeats are told, until it is acknowledged. */
  commands: PendingCommand[];
  /** Milliseconds added to the server's own time. */
  clockOffsetMs: number;
  publish(manifest: Manifest, files?: readonly TestFile[], options?: { hint?: boolean }): void;
  /** Serves exactly these bytes with this signature. */
  publishRaw(body: Buffer, options?: { signature?: string }): void;
  signBody(body: Buffer): string;
  /** A signed command of 60 s, which the heartbeats are told from now on. */
  order(kind: CommandKind, options?: { id?: string; expiresAt?: string; deviceId?: string }): PendingCommand;
  /** Claims the code that is shown; gives false while no screen asked for one. */
  claim(): boolean;
  hint(hint: Hint): void;
}

type PendingCommand = z.infer<typeof pendingCommand>;

interface Pairing {
  publicKey: string;
  deviceCode: string;
  userCode: string;
  isClaimed: boolean;
  vetoUntil: string;
}

/** Starts the server on a free port. `keep` continues an earlier one: same keys, device and plays. */
export async function startDeviceServer(
  options: { port?: number; keep?: DeviceServer } = {},
): Promise<DeviceServer> {
  const former = options.keep && states.get(options.keep);
  const state = former ?? {
    keys: generateKeyPairSync("ed25519"),
    organizationId: randomUUID(),
    deviceId: randomUUID(),
    plays: new Map<string, PlayReport>(),
    pairings: new Map<string, Pairing>(),
    tokens: new Set<string>(),
    /** The ticket of the newest session, and whether its token was used. */
    ticket: undefined as { now: string; former: string | null } | undefined,
    copies: 0,
    events: new Map<string, ScreenEvent>(),
    devicePublicKey: "",
    manifest: undefined as SignedManifest | undefined,
    files: new Map<string, TestFile>(),
  };
  const live = new WebSocketServer({ noServer: true });
  const nowMs = () => Date.now() + self.clockOffsetMs;
  const iso = (ms: number) => new Date(ms).toISOString();
  const serverPublicKey = String(state.keys.publicKey.export({ format: "jwk" }).x);

  const procedures: Record<string, (input: unknown) => unknown> = {
    "pairing.start": (input) => {
      const { publicKey } = startPairingInput.parse(input);
      const pairing = {
        publicKey,
        deviceCode: randomBytes(32).toString("base64url"),
        userCode: "BCDFGHJKLMNP",
        isClaimed: false,
        vetoUntil: "",
      };
      state.pairings.set(pairing.deviceCode, pairing);
      const { deviceCode, userCode } = pairing;
      return {
        deviceCode,
        userCode,
        claimUrl: `${self.url}/pair`,
        expiresAt: iso(nowMs() + 600_000),
        pollEveryMs: 250,
      };
    },
    "pairing.poll": (input) => {
      const pairing = findPairing(input);
      if (!pairing) return { kind: "expired" };
      if (!pairing.isClaimed) return { kind: "waiting" };
      state.devicePublicKey = pairing.publicKey;
      state.ticket = undefined;
      self.isRevoked = false;
      return {
        kind: "claimed",
        organizationName: "Café Central",
        deviceId: state.deviceId,
        organizationId: state.organizationId,
        serverPublicKey,
        vetoUntil: pairing.vetoUntil,
      };
    },
    "pairing.refuse": (input) => {
      const pairing = findPairing(input);
      if (pairing) self.refusals.push(pairing.deviceCode);
      return {};
    },
    "session.open": (input) => {
      const { deviceId, issuedAt, nonce, signature, ticket } = openSessionInput.parse(input);
      if (self.isRevoked) throw new Refusal("DEVICE_REVOKED");
      const text = `vitrine-session:${deviceId}:${issuedAt}:${nonce}`;
      if (!isSignedBy(state.devicePublicKey, Buffer.from(text), signature))
        throw new Refusal("DEVICE_SIGNATURE_WRONG");
      if (Math.abs(Date.parse(issuedAt) - nowMs()) > 600_000) {
        throw new Refusal("DEVICE_CLOCK_WRONG", { serverTime: iso(nowMs()) });
      }
      const isKnown = ticket === (state.ticket?.now ?? null) || ticket === state.ticket?.former;
      if (!isKnown) state.copies += 1;
      const token = randomBytes(16).toString("hex");
      const nextTicket = randomBytes(16).toString("base64url");
      state.ticket = { now: nextTicket, former: ticket };
      state.tokens.clear();
      state.tokens.add(token);
      return { token, expiresAt: iso(nowMs() + 900_000), serverTime: iso(nowMs()), ticket: nextTicket };
    },
    "heartbeat.report": (input) => {
      self.heartbeats.push(heartbeatInput.parse(input));
      return {
        serverTime: iso(nowMs()),
        manifestEtag: state.manifest?.etag ?? null,
        commands: self.commands,
      };
    },
    "plays.report": (input) => {
      let newCount = 0;
      const { plays } = reportPlaysInput.parse(input);
      for (const play of plays) {
        const key = `${play.bootId} ${play.sequence}`;
        if (!state.plays.has(key)) newCount += 1;
        state.plays.set(key, play);
      }
      if (self.losesReceipts) throw new LostAnswer();
      return { newCount, knownCount: plays.length - newCount };
    },
    "events.report": (input) => {
      const { events } = reportEventsInput.parse(input);
      const before = state.events.size;
      for (const event of events) state.events.set(`${event.bootId} ${event.sequence}`, event);
      if (self.losesReceipts) throw new LostAnswer();
      const newCount = state.events.size - before;
      return { newCount, knownCount: events.length - newCount };
    },
    "commands.acknowledge": (input) => {
      const { id, isDone, failure } = acknowledgeCommandInput.parse(input);
      self.acknowledged.push({ id, isDone, failure });
      self.commands = self.commands.filter((command) => command.id !== id);
      return {};
    },
  };

  const findPairing = (input: unknown): Pairing | undefined => {
    const { deviceCode, signature } = pollPairingInput.parse(input);
    const pairing = state.pairings.get(deviceCode);
    if (!pairing) return undefined;
    const isProven = isSignedBy(pairing.publicKey, Buffer.from(`vitrine-pair:${deviceCode}`), signature);
    return isProven ? pairing : undefined;
  };

  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const path = request.url ?? "";
    self.requests.push(`${request.method} ${path}`);
    const body = await readBody(request);
    const procedure = /^\/device\/trpc\/([\w.]+)$/.exec(path)?.[1];
    try {
      if (procedure !== undefined && /^(pairing\.|session\.)/.test(procedure)) {
        return sendResult(response, call(procedure, body));
      }
      if (self.isRevoked) throw new Refusal("DEVICE_REVOKED");
      const token = request.headers.authorization?.replace("Bearer ", "") ?? "";
      if (!state.tokens.has(token)) throw new Refusal("DEVICE_SESSION_EXPIRED");
      if (state.ticket) state.ticket.former = null;
      if (procedure !== undefined) return sendResult(response, call(procedure, body));
      servePlain(request, response, path, body);
    } catch (error) {
      sendFailure(response, error);
    }
  };

  const call = (name: string, body: Buffer | string): unknown => {
    const procedure = procedures[name];
    if (!procedure) throw new Refusal("NOT_FOUND");
    return procedure(JSON.parse(String(body)));
  };

  const servePlain = (request: IncomingMessage, response: ServerResponse, path: string, body: Buffer) => {
    if (path === "/device/manifest") {
      if (!state.manifest) throw new Refusal("NOT_FOUND");
      return sendManifest(request, response, state.manifest);
    }
    const screenshot = /^\/device\/screenshots\/(.+)$/.exec(path)?.[1];
    if (screenshot !== undefined) {
      self.screenshots.set(screenshot, body);
      return void response.writeHead(204).end();
    }
    const log = /^\/device\/logs\/(.+)$/.exec(path)?.[1];
    if (log !== undefined) {
      self.logs.set(log, body);
      return void response.writeHead(204).end();
    }
    const [, sha256, isChunks] = /^\/device\/files\/([0-9a-f]{64})(\/chunks)?$/.exec(path) ?? [];
    const file = sha256 === undefined ? undefined : self.files.get(sha256);
    if (!file) throw new Refusal("NOT_FOUND");
    if (isChunks !== undefined)
      return void response.writeHead(200, { "content-length": file.chunks.length }).end(file.chunks);
    self.servedBytes += sendFile(request, response, file);
  };

  const serveLive = (socket: WebSocket) => {
    socket.send(JSON.stringify({ kind: "hello", reconnectMs: 100 }));
    let answered: AnsweredBeat | undefined;
    socket.on("message", (data) => {
      const said = liveCall.parse(JSON.parse(String(data)));
      const beat = beatOf(said, answered);
      if (!beat) return socket.close();
      const answer = call("heartbeat.report", JSON.stringify(beat));
      answered = { id: said.id, beat };
      socket.send(JSON.stringify({ kind: "beaten", id: said.id, answer }));
    });
  };

  const http = createServer((request, response) => void handle(request, response));
  http.on("upgrade", (request, socket, head) => {
    const token = request.headers.authorization?.replace("Bearer ", "") ?? "";
    if (self.isRevoked || !state.tokens.has(token))
      return void socket.end("HTTP/1.1 401 Unauthorized\r\n\r\n");
    live.handleUpgrade(request, socket, head, serveLive);
  });
  await new Promise<void>((resolve) => http.listen(options.port ?? 0, "127.0.0.1", resolve));
  const { port } = http.address() as AddressInfo;

  const self: DeviceServer = {
    url: `http://127.0.0.1:${port}`,
    port,
    organizationId: state.organizationId,
    deviceId: state.deviceId,
    plays: state.plays,
    heartbeats: [],
    acknowledged: [],
    screenshots: new Map(),
    logs: new Map(),
    events: state.events,
    get copies() {
      return state.copies;
    },
    requests: [],
    refusals: [],
    files: state.files,
    vetoMs: 0,
    isRevoked: false,
    servedBytes: 0,
    losesReceipts: false,
    commands: [],
    clockOffsetMs: 0,
    publish(manifest, files = [], { hint = true } = {}) {
      for (const one of files) self.files.set(one.file.sha256, one);
      const bound = { ...manifest, deviceId: state.deviceId, organizationId: state.organizationId };
      self.publishRaw(Buffer.from(JSON.stringify(bound)));
      if (hint) self.hint({ kind: "manifest", revision: manifest.revision });
    },
    publishRaw(body, { signature } = {}) {
      const etag = createHash("sha256").update(body).digest("hex");
      state.manifest = { body, signature: signature ?? self.signBody(body), etag };
    },
    signBody: (body) => signWith(state.keys.privateKey, body),
    order(kind, { id = randomUUID(), expiresAt = iso(nowMs() + 60_000), deviceId = state.deviceId } = {}) {
      const signature = self.signBody(Buffer.from(`vitrine-command:${deviceId}:${id}:${kind}:${expiresAt}`));
      const command = { id, kind, expiresAt, signature };
      self.commands = [...self.commands, command];
      self.hint({ kind: "commands" });
      return command;
    },
    claim() {
      const waiting = [...state.pairings.values()].find((one) => !one.isClaimed);
      if (!waiting) return false;
      waiting.isClaimed = true;
      waiting.vetoUntil = iso(nowMs() + self.vetoMs);
      return true;
    },
    hint(hint) {
      for (const socket of live.clients) socket.send(JSON.stringify(hint));
    },
    async [Symbol.asyncDispose]() {
      for (const socket of live.clients) socket.terminate();
      http.closeAllConnections();
      await new Promise<void>((resolve) => http.close(() => resolve()));
    },
  };
  states.set(self, state);
  return self;
}

const states = new WeakMap<DeviceServer, ServerState>();
interface ServerState {
  keys: { publicKey: KeyObject; privateKey: KeyObject };
  organizationId: string;
  deviceId: string;
  plays: Map<string, PlayReport>;
  pairings: Map<string, Pairing>;
  tokens: Set<string>;
  ticket: { now: string; former: string | null } | undefined;
  copies: number;
  events: Map<string, ScreenEvent>;
  devicePublicKey: string;
  manifest: SignedManifest | undefined;
  files: Map<string, TestFile>;
}

function signWith(key: KeyObject, body: Buffer): string {
  return sign(null, body, key).toString("base64url");
}
