import { createServer, type Server, type Socket } from "node:net";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import type { Identity } from "../identity/identity.ts";
import { createFaults } from "../platform/faults.ts";
import { createLog } from "../platform/log.ts";
import { systemNetwork } from "../platform/network.ts";
import { systemRandom } from "../platform/random.ts";
import { createVirtualClock } from "../testing/virtual-clock.ts";
import { createLink, type Link } from "./link.ts";
import { LinkError } from "./link-error.ts";
import { createServerClock } from "./server-clock.ts";

const NOW = "2027-01-10T00:00:00.000Z";
const opened = JSON.stringify({
  result: {
    data: {
      token: "t",
      expiresAt: "2027-01-11T00:00:00.000Z",
      serverTime: NOW,
      ticket: "k",
      news: { of: "later" },
    },
  },
});
const head = (status: string, ...lines: string[]) => `HTTP/1.1 ${[status, ...lines].join("\r\n")}\r\n\r\n`;
const whole = (body: string | Buffer, ...lines: string[]) =>
  Buffer.concat([
    Buffer.from(head("200 OK", `content-length: ${Buffer.byteLength(body)}`, "connection: close", ...lines)),
    Buffer.from(body),
  ]);
const beat = (data: unknown) => whole(JSON.stringify({ result: { data } }));
const good = { serverTime: NOW, manifestEtag: null, commands: [] };
const command = {
  id: "0199a000-0000-7000-8000-00000000000a",
  kind: "identify",
  expiresAt: NOW,
  signature: "A".repeat(86),
};

/** Speaks raw bytes: a session for who asks for one, and `answer` for all else. */
async function startRawServer(answer: (socket: Socket) => void): Promise<{ url: string } & AsyncDisposable> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.once("data", (bytes) => {
      if (bytes.toString("latin1").includes("session.open")) socket.end(whole(opened));
      else answer(socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = address !== null && typeof address === "object" ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function linkTo(serverUrl: string) {
  const clock = createVirtualClock(Date.parse(NOW));
  const faults = createFaults(() => {});
  const reached: boolean[] = [];
  const identity: Identity = { publicKey: "p".repeat(43), sign: () => "s".repeat(86) };
  const link = createLink({
    ...{ serverUrl, clock, faults, identity, random: systemRandom, log: createLog(clock, []) },
    network: systemNetwork,
    serverClock: createServerClock(clock, undefined),
    tickets: { find: async () => undefined, save: async () => {}, remove: async () => {} },
    credential: {
      organizationId: "0199a000-0000-7000-8000-00000000000b",
      organizationName: "",
      deviceId: "0199a000-0000-7000-8000-00000000000c",
      serverPublicKey: "k".repeat(43),
      vetoUntil: NOW,
    },
    onRevoked: () => {
      throw new Error("Nobody revoked it");
    },
    onReachable: (isReachable) => void reached.push(isReachable),
  });
  return { link, clock, faults, reached };
}

const { signal } = new AbortController();
const heartbeat = (link: Link) =>
  link.call(
    "heartbeat.report",
    {
      bootId: "0199a000-0000-7000-8000-00000000000d",
      state: "playing",
      hardware: { model: "", os: "", appVersion: "", shell: "none", displayWidth: 0, displayHeight: 0 },
      vitals: {
        ...{ uptimeSeconds: 1, memoryUsedBytes: null, diskFreeBytes: null, cpuLoad: null },
        ...{ temperatureCelsius: null, clockOffsetMs: null, stageRestarts: 0 },
      },
      ...{ onGlass: null, activeManifest: null, newestManifest: null, sync: null, faults: [] },
    },
    signal,
  );

/** Each with the sentence it gives, and whether the server counts as reached. */
const ANSWERS: Readonly<Record<string, { send(socket: Socket): void; says: RegExp; isFault: boolean }>> = {
  "wrong types": {
    send: (one) => one.end(beat({ ...good, serverTime: 5 })),
    says: /not understood/,
    isFault: true,
  },
  "a part that is missing": {
    send: (one) => one.end(beat({ manifestEtag: null })),
    says: /not understood/,
    isFault: true,
  },
  "no JSON": { send: (one) => one.end(whole("<h1>Hello</h1>")), says: /not understood/, isFault: true },
  "a huge list": {
    send: (one) => one.end(beat({ ...good, commands: Array.from({ length: 250 }, () => command) })),
    says: /not understood/,
    isFault: true,
  },
  "a body without end": {
    send(one) {
      one.write(head("200 OK"));
      const more = () => {
        while (!one.destroyed && one.write("x".repeat(65_536)));
      };
      one.on("drain", more);
      more();
    },
    says: /larger than 262144 bytes/,
    isFault: true,
  },
  "a body that unpacks without end": {
    send: (one) => one.end(whole(gzipSync(Buffer.alloc(50_000_000)), "content-encoding: gzip")),
    says: /larger than 262144 bytes/,
    isFault: true,
  },
  "gzip that is cut": {
    send: (one) => one.end(whole(gzipSync(JSON.stringify(good)).subarray(0, 20), "content-encoding: gzip")),
    says: /not understood/,
    isFault: true,
  },
  "a redirect elsewhere": {
    send: (one) => one.end(head("302 Found", "location: http://127.0.0.1:1/", "content-length: 0")),
    says: /could not be reached/,
    isFault: false,
  },
  "a longer content-length than its body": {
    send: (one) => one.end(`${head("200 OK", "content-length: 5000")}{}`),
    says: /could not be reached/,
    isFault: false,
  },
  "a failure without words": {
    send: (one) => one.end(head("500 Oops", "content-length: 0")),
    says: /answered 500/,
    isFault: false,
  },
  "no HTTP at all": {
    send: (one) => one.end("SSH-2.0-OpenSSH_9.6\r\n"),
    says: /could not be reached/,
    isFault: false,
  },
};

test.each(Object.entries(ANSWERS))(
  "B1: a server that answers with %s is refused in a sentence",
  async (_, { send, says, isFault }) => {
    let isBroken = true;
    await using server = await startRawServer((socket) => (isBroken ? send(socket) : socket.end(beat(good))));
    const { link, faults, reached } = linkTo(server.url);
    const failure = await heartbeat(link).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(LinkError);
    expect(String(failure)).toMatch(says);
    expect(faults.list().map(({ kind }) => kind)).toEqual(isFault ? ["server_not_understood"] : []);
    expect(reached).not.toEqual([]);
    isBroken = false;
    expect(await heartbeat(link)).toEqual(good);
    expect(faults.list()).toEqual([]);
  },
);

test("B2: bytes that drip without end are given up by pace, not waited for", async () => {
  await using server = await startRawServer((socket) => {
    socket.write(head("200 OK"));
    const drip = setInterval(() => socket.write(" "), 5);
    socket.on("close", () => clearInterval(drip));
  });
  const { link, clock } = linkTo(server.url);
  const asked = heartbeat(link).catch((error: unknown) => error);
  let isOver = false;
  void asked.then(() => {
    isOver = true;
  });
  for (let turn = 0; turn < 100 && !isOver; turn += 1) {
    clock.advance(500);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  expect(String(await asked)).toMatch(/could not be reached/);
});

test("B3: what a newer server says beside what is known is left out, and commands of unknown kinds arrive to be refused", async () => {
  const dance = { ...command, kind: "dance", tempo: 120 };
  await using server = await startRawServer((socket) =>
    socket.end(beat({ ...good, weather: "fine", commands: [dance] })),
  );
  const { link } = linkTo(server.url);
  expect(await heartbeat(link)).toEqual({ ...good, commands: [{ ...command, kind: "dance" }] });
});
