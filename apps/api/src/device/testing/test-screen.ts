import { generateKeyPairSync, randomBytes, randomUUID, sign } from "node:crypto";
import {
  acknowledgeCommandInput,
  type BeatChanges,
  DEVICE_PATHS,
  type Hint,
  heartbeatAnswer,
  type heartbeatInput,
  type LiveWord,
  liveWord,
  openedSession,
  type PlayReport,
  pairingOutcome,
  playsReceipt,
  startedPairing,
} from "@vitrine/core/model/device-protocol";
import { WebSocket } from "ws";
import * as z from "zod";
import { callProcedure } from "../../testing/alike-world.ts";

/** What a failed call said; `code` of the catalogue. */
export class CallFailed extends Error {
  readonly status: number;
  readonly code: string;
  readonly data: unknown;
  constructor(status: number, code: string, data: unknown) {
    super(`${status} ${code}`);
    this.status = status;
    this.code = code;
    this.data = data;
  }
}

export const HARDWARE = {
  model: "Test board",
  os: "Linux 6",
  appVersion: "0.1.0",
  shell: "none",
  displayWidth: 1280,
  displayHeight: 720,
} as const;

export type Keys = { publicKey: string; sign(text: string): string };
export type Claimed = { organizationId: string; deviceId: string };

/** An Ed25519 key pair as a screen makes it. */
export function makeKeys(): Keys {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  return {
    publicKey: z.string().parse(publicKey.export({ format: "jwk" }).x),
    sign: (text) => sign(null, Buffer.from(text), privateKey).toString("base64url"),
  };
}

const failure = z.object({
  error: z.union([
    z.object({ data: z.object({ app: z.object({ code: z.string(), data: z.unknown() }) }) }),
    z.object({ code: z.string(), data: z.unknown() }),
  ]),
});

/** Calls a procedure of the device router over real HTTP. */
export async function callDevice(
  url: string,
  path: string,
  input: unknown,
  token?: string,
): Promise<unknown> {
  const response = await fetch(`${url}${DEVICE_PATHS.trpc}/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...bearer(token) },
    body: JSON.stringify(input),
    signal: AbortSignal.timeout(20_000),
  });
  const body: unknown = await response.json();
  if (response.ok) return z.object({ result: z.object({ data: z.unknown() }) }).parse(body).result.data;
  throw toFailure(response.status, body);
}

/** A plain request of a screen; statuses of failure are answers. */
export function fetchDevice(
  url: string,
  path: string,
  token: string,
  init: RequestInit = {},
): Promise<Response> {
  return fetch(`${url}${path}`, {
    ...init,
    headers: { ...bearer(token), ...Object.fromEntries(new Headers(init.headers)) },
    signal: AbortSignal.timeout(20_000),
  });
}

function toFailure(status: number, body: unknown): CallFailed {
  const { error } = failure.parse(body);
  const { code, data } = "code" in error ? error : error.data.app;
  return new CallFailed(status, code, data);
}

/** The code of the catalogue that a failed plain answer names. */
export async function codeOf(response: Response): Promise<string> {
  return toFailure(response.status, await response.json()).code;
}

function bearer(token: string | undefined): Record<string, string> {
  return token === undefined ? {} : { authorization: `Bearer ${token}` };
}

/** Asks for a code. */
export async function startPairing(url: string, keys: Keys, hardware: object = HARDWARE) {
  return startedPairing.parse(
    await callDevice(url, "pairing.start", { publicKey: keys.publicKey, hardware }),
  );
}

/** Asks what became of a pairing. */
export async function pollPairing(url: string, keys: Keys, deviceCode: string) {
  const signature = keys.sign(`vitrine-pair:${deviceCode}`);
  return pairingOutcome.parse(await callDevice(url, "pairing.poll", { deviceCode, signature }));
}

/** Opens a session; `offMs` moves its clock, `nonce` fixes its nonce, `ticket` is shown. */
export async function openSession(
  url: string,
  keys: Keys,
  { organizationId, deviceId }: Claimed,
  {
    offMs = 0,
    nonce = randomBytes(18).toString("base64url"),
    ticket = null,
  }: { offMs?: number; nonce?: string; ticket?: string | null } = {},
) {
  const issuedAt = new Date(Date.now() + offMs).toISOString();
  const signature = keys.sign(`vitrine-session:${deviceId}:${issuedAt}:${nonce}`);
  return openedSession.parse(
    await callDevice(url, "session.open", { organizationId, deviceId, issuedAt, nonce, signature, ticket }),
  );
}

/** A person's claim of a code, through the dashboard's router. */
export async function claim(url: string, cookie: string, input: object) {
  const answer = await callProcedure(url, "devices.claim", { type: "mutation", input, cookie });
  if (answer.status !== 200) throw toFailure(answer.status, answer.body);
  return z
    .object({ result: z.object({ data: z.looseObject({ id: z.string(), name: z.string() }) }) })
    .parse(answer.body).result.data;
}

export type TestScreen = Awaited<ReturnType<typeof pairScreen>>;

/** A screen that was paired into the organization of `cookie`, with its session open. */
export async function pairScreen(
  url: string,
  cookie: string,
  input: { name?: string; playlistId?: string } = {},
) {
  const keys = makeKeys();
  const pairing = await startPairing(url, keys);
  const device = await claim(url, cookie, { code: pairing.userCode, name: "Screen", ...input });
  const outcome = await pollPairing(url, keys, pairing.deviceCode);
  if (outcome.kind !== "claimed") throw new Error(`The pairing is ${outcome.kind}`);
  const claimed = { organizationId: outcome.organizationId, deviceId: outcome.deviceId };
  const { token, ticket } = await openSession(url, keys, claimed);
  const bootId = randomUUID();
  return {
    ...claimed,
    keys,
    token,
    ticket,
    pairing,
    device,
    bootId,
    serverPublicKey: outcome.serverPublicKey,
    call: (path: string, input: unknown) => callDevice(url, path, input, token),
    fetch: (path: string, init?: RequestInit) => fetchDevice(url, path, token, init),
    beat: async (beat: Partial<z.input<typeof heartbeatInput>> = {}) =>
      heartbeatAnswer.parse(
        await callDevice(url, "heartbeat.report", { ...calmBeat(bootId), ...beat }, token),
      ),
    reportPlays: async (plays: PlayReport[]) =>
      playsReceipt.parse(await callDevice(url, "plays.report", { plays }, token)),
    acknowledge: (answer: z.input<typeof acknowledgeCommandInput>) =>
      callDevice(url, "commands.acknowledge", acknowledgeCommandInput.parse(answer), token),
    manifest: () => fetchDevice(url, DEVICE_PATHS.manifest, token),
    live: () => openLive(url, token),
  };
}

/** A beat of a screen that plays nothing and lacks nothing. */
export function calmBeat(bootId: string): z.input<typeof heartbeatInput> {
  return {
    bootId,
    state: "playing",
    hardware: HARDWARE,
    vitals: {
      uptimeSeconds: 10,
      memoryUsedBytes: 1e8,
      diskFreeBytes: 1e9,
      cpuLoad: 0.1,
      temperatureCelsius: null,
      clockOffsetMs: 0,
      stageRestarts: 0,
    },
    onGlass: null,
    activeManifest: null,
    newestManifest: null,
    sync: null,
    faults: [],
  };
}

export type OpenLive = {
  /** What came, answers to beats left out; grows. */
  hints: Hint[];
  /** Calls for each hint from now on; gives what ends that. */
  onHint(listener: () => void): () => void;
  /** `heartbeat.report` by this connection. Rejects with the failure of the catalogue. */
  beat(beat: z.input<typeof heartbeatInput>): Promise<z.infer<typeof heartbeatAnswer>>;
  /** What changed since the last beat of this connection. */
  change(changes: BeatChanges): Promise<z.infer<typeof heartbeatAnswer>>;
  /** Sends any text. */
  send(text: string | Buffer): void;
  ended: Promise<void>;
  close(): void;
};

/** Opens the screen's live connection; rejects with the failure of the catalogue. */
export async function openLive(url: string, token: string): Promise<OpenLive> {
  const socket = new WebSocket(`${url.replace(/^http/, "ws")}${DEVICE_PATHS.live}`, {
    headers: bearer(token),
  });
  const hints: Hint[] = [];
  const listeners = new Set<() => void>();
  const waiting = new Map<number, PromiseWithResolvers<z.infer<typeof heartbeatAnswer>>>();
  const onWord = (word: LiveWord) => {
    if (word.kind === "beaten") waiting.get(word.id)?.resolve(word.answer);
    else if (word.kind === "refused")
      waiting.get(word.id)?.reject(new CallFailed(0, word.error.code, word.error.data));
    else {
      hints.push(word);
      for (const listener of listeners) listener();
    }
  };
  const ended = new Promise<void>((resolve) => socket.once("close", () => resolve()));
  await new Promise<void>((resolve, reject) => {
    socket.on("message", (data) => onWord(liveWord.parse(JSON.parse(String(data)))));
    socket.once("open", () => resolve());
    socket.once("error", reject);
    socket.once("unexpected-response", async (_request, response) => {
      const body: unknown = JSON.parse(Buffer.concat(await response.toArray()).toString());
      reject(toFailure(response.statusCode ?? 0, body));
    });
  });
  socket.on("error", () => {});
  let lastId = 0;
  const call = (said: object) => {
    lastId += 1;
    const answer = Promise.withResolvers<z.infer<typeof heartbeatAnswer>>();
    waiting.set(lastId, answer);
    socket.send(JSON.stringify({ ...said, id: lastId }));
    return answer.promise;
  };
  return {
    hints,
    onHint(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    beat: (beat) => call({ kind: "beat", beat }),
    change: (changes) => call({ kind: "change", since: lastId, changes }),
    send: (text) => socket.send(text),
    ended,
    close: () => socket.terminate(),
  };
}

/** The bytes that ask for a live connection, for tests that read it as it comes. */
export function upgradeOf(token: string): string {
  const key = randomBytes(16).toString("base64");
  const head = ["Host: x", "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13"];
  const own = [`Sec-WebSocket-Key: ${key}`, `Authorization: Bearer ${token}`];
  return `GET ${DEVICE_PATHS.live} HTTP/1.1\r\n${[...head, ...own].join("\r\n")}\r\n\r\n`;
}
