import { createPrivateKey, type KeyObject, randomBytes, randomUUID, sign } from "node:crypto";
import { Agent, request } from "node:http";
import { connect, type Socket } from "node:net";
import type { DeviceVitals } from "@vitrine/core/model/device";
import {
  type AnsweredBeat,
  DEVICE_PATHS,
  type Heartbeat,
  type LiveCall,
  openedSession,
} from "@vitrine/core/model/device-protocol";
import * as z from "zod";
import { createToldVitals } from "../../../apps/kiosk/src/engine/health/told-vitals.ts";
import { changesSince } from "../../../apps/kiosk/src/engine/link/changes-since.ts";
import { LIVE_BACK_OFF } from "../../../apps/kiosk/src/engine/link/live.ts";
import { atMeeting } from "../../../apps/kiosk/src/engine/link/meetings.ts";
import { fullJitterMs, jitteredMs, systemRandom } from "../../../apps/kiosk/src/engine/platform/random.ts";
import { BARE_PATHS } from "./bare-paths.ts";
import type { SimulatedScreen, SwarmCounts, SwarmOrder, SwarmReport } from "./swarm-messages.ts";

// Many simulated screens in one process, so that the server's memory and time are the server's alone. Each has the
// manners of a kiosk on the wire: a signed session, a live connection, a beat every 30 s, the same delays before it
// comes back. Other calls travel over few connections, as behind a proxy; each screen comes from an address of its own.
type Screen = SimulatedScreen & {
  key: KeyObject;
  address: string;
  bootId: string;
  token: string | undefined;
  ticket: string | null;
  etag: string | null;
  attempt: number;
  isOpen: boolean;
  isHeard: boolean;
  wishMs: number | undefined;
  socket: Socket | undefined;
  beatId: number;
  /** The beat under way on this connection, and the last one that was answered on it. */
  sent: AnsweredBeat | undefined;
  answered: AnsweredBeat | undefined;
  readVitals: () => Promise<DeviceVitals>;
  /** How far it takes the server's time to be off. */
  clockErrorMs: number;
};

const BEAT_MS = 30_000;
/** As over lines on which a round trip takes some ten milliseconds. */
const MOST_CLOCK_ERROR_MS = 20;
/** Streams and sessions that are being opened at once, as many as there were screens switched on together. */
const OPENING_AT_ONCE = 100;
const UPGRADE = [
  "Host: x",
  "Connection: Upgrade",
  "Upgrade: websocket",
  "Sec-WebSocket-Version: 13",
  `Sec-WebSocket-Key: ${randomBytes(16).toString("base64")}`,
].join("\r\n");

const agent = new Agent({ keepAlive: true, maxSockets: 64 });
let screens: Screen[] = [];
let port = 0;
let isBare = false;
let isFetching = false;
let isJittered = true;
let areBeatsOn = false;
let beats = 0;
let failedBeats = 0;
let lastError = "";
let openCount = 0;
let openedAt: number[] = [];
let unheard = 0;
let unfetched = 0;

process.on("message", (order: SwarmOrder) => void obey(order));

async function obey(order: SwarmOrder): Promise<void> {
  switch (order.kind) {
    case "open": {
      ({ port, isBare } = order);
      screens = order.screens.map(toScreen);
      const waiting = screens.values();
      const lane = async () => {
        for (const screen of waiting) await openStream(screen);
      };
      await Promise.all(Array.from({ length: OPENING_AT_ONCE }, lane));
      return tell({ kind: "open", atMs: Date.now() });
    }
    case "expect":
      for (const screen of screens) screen.isHeard = false;
      unheard = screens.length;
      return tell({ kind: "ready" });
    case "fetch": {
      isFetching = true;
      unfetched = screens.length;
      const waiting = screens.values();
      const lane = async () => {
        for (const screen of waiting) await fetchManifest(screen);
      };
      await Promise.all(Array.from({ length: 32 }, lane));
      return;
    }
    case "beats":
      if (order.isOn && !areBeatsOn) {
        for (const screen of screens) beat(screen, Math.random() * BEAT_MS);
      }
      areBeatsOn = order.isOn;
      return tell({ kind: "ready" });
    case "jitter":
      isJittered = order.isOn;
      return tell({ kind: "ready" });
    case "count":
      return tell(counts());
  }
}

function toScreen(one: SimulatedScreen, place: number): Screen {
  return {
    ...one,
    key: createPrivateKey({ key: Buffer.from(one.privateKey, "base64"), format: "der", type: "pkcs8" }),
    address: `127.${1 + Math.floor(place / 62_500)}.${Math.floor(place / 250) % 250}.${1 + (place % 250)}`,
    bootId: randomUUID(),
    token: undefined,
    ticket: null,
    etag: null,
    attempt: 0,
    isOpen: false,
    isHeard: true,
    wishMs: undefined,
    socket: undefined,
    beatId: 0,
    sent: undefined,
    answered: undefined,
    readVitals: createToldVitals({ monotonicMs: () => performance.now() }, async () => vitals()),
    clockErrorMs: (Math.random() - Math.random()) * MOST_CLOCK_ERROR_MS,
  };
}

/** Resolves when the stream stands, or with its first failure, after which it is tried again as a kiosk would. */
async function openStream(screen: Screen): Promise<void> {
  try {
    if (!isBare) screen.token ??= await openSession(screen);
    await readStream(screen);
  } catch (error) {
    lastError = String(error);
    comeBack(screen);
  }
}

function comeBack(screen: Screen): void {
  const wishMs = screen.wishMs;
  screen.wishMs = undefined;
  const backOff = { attempt: screen.attempt, ...LIVE_BACK_OFF };
  const delayMs = wishMs === undefined ? fullJitterMs(systemRandom, backOff) : wishMs * (0.5 + Math.random());
  screen.attempt += 1;
  setTimeout(() => void openStream(screen), isJittered ? delayMs : 200);
}

function readStream(screen: Screen): Promise<void> {
  const path = isBare ? BARE_PATHS.live : DEVICE_PATHS.live;
  return new Promise((resolve, reject) => {
    const socket: Socket = connect({ port, host: "127.0.0.1", localAddress: screen.address }, () => {
      socket.write(
        `GET ${path} HTTP/1.1\r\n${UPGRADE}\r\nAuthorization: Bearer ${screen.token ?? "-"}\r\n\r\n`,
      );
    });
    let isStanding = false;
    const lose = (why: string) => {
      socket.destroy();
      if (!isStanding) return reject(new Error(why));
      isStanding = false;
      screen.socket = undefined;
      screen.answered = undefined;
      openCount -= 1;
      comeBack(screen);
    };
    socket.on("error", (error) => lose(error.message));
    socket.on("close", () => lose("closed"));
    socket.on("data", (bytes) => {
      const text = bytes.toString("latin1");
      if (!isStanding) {
        if (text.startsWith("HTTP/1.1 401")) screen.token = undefined;
        if (!text.startsWith("HTTP/1.1 101")) return lose(text.slice(0, 300));
        isStanding = true;
        screen.attempt = 0;
        screen.socket = socket;
        openCount += 1;
        openedAt.push(Date.now());
        return resolve();
      }
      for (const [word, kind = ""] of text.matchAll(WORD)) onWord(screen, kind, word);
    });
  });
}

/** Texts as they lie between the heads of their frames: enough of each to tell what it is. */
const WORD = /\{"kind":"(\w+)"[^}]*/g;

function onWord(screen: Screen, kind: string, word: string): void {
  if (kind === "beaten") {
    beats += 1;
    screen.answered = screen.sent;
    return;
  }
  if (kind === "refused") {
    failedBeats += 1;
    lastError = word;
    screen.token = undefined;
    screen.socket?.destroy();
    return;
  }
  if (kind === "goodbye") screen.wishMs = Number(/"reconnectMs":(\d+)/.exec(word)?.[1]);
  if (!screen.isHeard) {
    screen.isHeard = true;
    unheard -= 1;
    if (unheard === 0) tell({ kind: "heard", atMs: Date.now() });
  }
  if (kind === "hello" && areBeatsOn) void sendBeat(screen);
  if (isFetching && (kind === "manifest" || kind === "hello")) {
    if (kind === "manifest" && unfetched === 0) unfetched = screens.length;
    void fetchManifest(screen);
  }
}

async function fetchManifest(screen: Screen): Promise<void> {
  const { status, headers } = await call(screen, "GET", DEVICE_PATHS.manifest).catch(() => failedCall);
  if (status === 200) screen.etag = (headers.etag ?? "").replace(/^W\/|"/g, "");
  if (unfetched === 0) return;
  unfetched -= 1;
  if (unfetched === 0) tell({ kind: "fetched", atMs: Date.now() });
}

function beat(screen: Screen, fromNowMs: number): void {
  const nowMs = Date.now() + screen.clockErrorMs;
  setTimeout(
    () => {
      if (!areBeatsOn) return;
      beat(screen, jitteredMs(systemRandom, BEAT_MS));
      void sendBeat(screen);
    },
    atMeeting(nowMs + fromNowMs) - nowMs,
  );
}

async function sendBeat(screen: Screen): Promise<void> {
  const { answered, socket } = screen;
  const beat = await beatOf(screen);
  screen.beatId += 1;
  const id = screen.beatId;
  const call: LiveCall = answered
    ? { kind: "change", id, since: answered.id, changes: changesSince(answered.beat, beat) }
    : { kind: "beat", id, beat };
  screen.sent = { id, beat };
  socket?.write(frameOf(JSON.stringify(call)));
}

/** A text as a client sends it, masked by zeros. */
function frameOf(text: string): Buffer {
  const payload = Buffer.from(text);
  const isShort = payload.length < 126;
  const head = Buffer.alloc(isShort ? 6 : 8);
  head.writeUInt16BE(0x8180 | (isShort ? payload.length : 126), 0);
  if (!isShort) head.writeUInt16BE(payload.length, 2);
  return Buffer.concat([head, payload]);
}

/** All that a kiosk tells which plays one picture after another: another one is on the glass at each beat. */
async function beatOf({ bootId, etag, readVitals }: Screen): Promise<Heartbeat> {
  return {
    bootId,
    state: "playing",
    hardware: {
      model: "Raspberry Pi 5 Model B Rev 1.0",
      os: "Debian GNU/Linux 13 (trixie)",
      appVersion: "0.1.0",
      shell: "chromium",
      displayWidth: 1920,
      displayHeight: 1080,
    },
    vitals: await readVitals(),
    onGlass: {
      assetId: ITEMS[Math.floor(Math.random() * ITEMS.length)] ?? null,
      itemId: ITEMS[Math.floor(Math.random() * ITEMS.length)] ?? null,
      entryId: null,
      shownSince: new Date().toISOString(),
    },
    activeManifest: etag,
    newestManifest: etag,
    sync: { filesReady: 3, filesTotal: 3, bytesReady: 12_000_000, bytesTotal: 12_000_000, missing: [] },
    faults: [],
    isRecovering: false,
    display: { backend: "wayland", output: "HDMI-A-1", desired: "on", observed: "on", problem: null },
    update: { channel: "stable", state: "current", version: null, problem: null },
    isStopping: false,
  };
}

const ITEMS = Array.from({ length: 20 }, () => randomUUID());

function vitals(): DeviceVitals {
  return {
    uptimeSeconds: performance.now() / 1000,
    memoryUsedBytes: 1_000_000_000 + Math.round(Math.random() * 1e8),
    memoryTotalBytes: 4_000_000_000,
    diskFreeBytes: 20_000_000_000,
    diskTotalBytes: 64_000_000_000,
    cacheBytes: 12_000_000,
    cacheLimitBytes: 18_000_000_000,
    engineBytes: 120_000_000,
    stageBytes: 300_000_000,
    cpuLoad: Math.random(),
    temperatureCelsius: 50 + Math.random() * 5,
    clockOffsetMs: Math.round(Math.random() * 20),
    clockErrorMs: 5,
    stageRestarts: 0,
    framesDropped: 12,
    playsWaiting: 0,
    network: { kind: "wired", address: "192.168.1.20" },
  };
}

async function openSession(screen: Screen): Promise<string> {
  const { deviceId, organizationId, key, ticket } = screen;
  const issuedAt = new Date().toISOString();
  const nonce = randomBytes(18).toString("base64url");
  const text = `vitrine-session:${deviceId}:${issuedAt}:${nonce}`;
  const signature = sign(null, Buffer.from(text), key).toString("base64url");
  const input = { deviceId, organizationId, issuedAt, nonce, signature, ticket };
  const path = `${DEVICE_PATHS.trpc}/session.open`;
  const { status, body } = await call(screen, "POST", path, JSON.stringify(input), { isAlone: true });
  if (status !== 200) throw new Error(`session.open: ${status} ${body.slice(0, 300)}`);
  const opened = z.object({ result: z.object({ data: openedSession }) }).parse(JSON.parse(body)).result.data;
  screen.ticket = opened.ticket;
  return opened.token;
}

type Answer = { status: number; headers: Record<string, string | undefined>; body: string };
const failedCall: Answer = { status: 0, headers: {}, body: "" };

/** `isAlone`: from the screen's own address, on a connection of its own. */
function call(
  screen: Screen,
  method: string,
  path: string,
  body = "",
  { isAlone = false } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        ...{ host: "127.0.0.1", port, method, path },
        ...(isAlone ? { agent: false, localAddress: screen.address } : { agent }),
        headers: {
          "content-type": "application/json",
          "content-length": Buffer.byteLength(body),
          ...(screen.token === undefined ? {} : { authorization: `Bearer ${screen.token}` }),
          ...(screen.etag === null || method !== "GET" ? {} : { "if-none-match": `"${screen.etag}"` }),
        },
      },
      (response) => {
        const parts: Buffer[] = [];
        response.on("data", (part: Buffer) => parts.push(part));
        response.on("error", reject);
        response.on("end", () => {
          const { etag } = response.headers;
          const text = Buffer.concat(parts).toString("utf8");
          resolve({ status: response.statusCode ?? 0, headers: { etag }, body: text });
        });
      },
    );
    sent.setTimeout(30_000, () => sent.destroy(new Error("No answer within 30 s")));
    sent.on("error", reject);
    sent.end(body);
  });
}

function counts(): SwarmCounts {
  const times = openedAt.toSorted((one, other) => one - other);
  openedAt = [];
  let mostOpenedPerSecond = 0;
  let first = 0;
  for (const [place, atMs] of times.entries()) {
    while ((times[first] ?? atMs) <= atMs - 1000) first += 1;
    mostOpenedPerSecond = Math.max(mostOpenedPerSecond, place - first + 1);
  }
  const lastOpenedAtMs = times.at(-1) ?? 0;
  const facts = { open: openCount, beats, failedBeats, lastError };
  return { kind: "counts", ...facts, opened: times.length, mostOpenedPerSecond, lastOpenedAtMs };
}

function tell(report: SwarmReport): void {
  process.send?.(report);
}
