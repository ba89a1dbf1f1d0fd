import { lookup } from "node:dns/promises";
import { once } from "node:events";
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { connect, isIP, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type Allowance, createAllowance, isPrivateAddress, isPrivateName } from "./private-address.ts";

/**
 * A forward proxy on loopback that all web content goes through. It resolves a name once, judges the address,
 * and connects to that very address, so no later answer of a DNS server can lead elsewhere.
 */
export interface WebGuard extends AsyncDisposable {
  readonly port: number;
  setPrivateHosts(hosts: readonly string[]): void;
  /** `host:port` that is never reached, whatever is allowed; added to those before. */
  refuseOwn(hosts: readonly string[]): void;
  /** Why the last try to reach this address failed, in a sentence; undefined if it was reached. */
  whyNotReached(url: string): string | undefined;
}

/** All addresses of a name; rejects if it has none. */
export type Resolve = (name: string) => Promise<string[]>;

const LOOPBACK = "127.0.0.1";
const CONNECT_TIMEOUT_MS = 15_000;
const KEPT_PROBLEMS = 200;
/** Said about one connection only (RFC 9110, 7.6.1). */
const HOP_HEADERS = new Set(
  "connection keep-alive proxy-authenticate proxy-authorization proxy-connection te trailer transfer-encoding upgrade".split(
    " ",
  ),
);

interface Destination {
  host: string;
  port: number;
}

/** What keeps web content from a destination: its message is for people. */
class Refusal extends Error {}

/** Starts the proxy on a free port. Until told otherwise it reaches nothing private. */
export async function startWebGuard(resolve: Resolve = resolveName): Promise<WebGuard> {
  let allowance: Allowance = createAllowance([]);
  const own: Destination[] = [];
  const problems = new Map<string, string>();
  /** Open connections that `connect` took over, with what they lead to, which may cease to be allowed. */
  const tunnels = new Map<Duplex, { host: string; address: string }>();
  const agent = new Agent({ keepAlive: true, maxSockets: 256, maxFreeSockets: 32 });

  const isAllowed = (host: string, address: string) =>
    !isPrivateAddress(address) || allowance.allowsName(host) || allowance.allowsAddress(address);

  /** The address to connect to. Throws a `Refusal`, or the resolver's error. */
  const judge = async ({ host, port }: Destination): Promise<string> => {
    const isLiteral = isIP(host) !== 0;
    const addresses = isLiteral ? [host] : await resolve(host);
    const isNear = !isLiteral && isPrivateName(host) && !allowance.allowsName(host);
    const fit = addresses.find(
      (address) => isAllowed(host, address) && !(isNear && !isPrivateAddress(address)),
    );
    if (fit === undefined)
      throw new Refusal(`${host} is in a private network, which this screen may not reach`);
    if (await isOwn({ host, port }, fit)) throw new Refusal(`${host}:${port} is the player's own`);
    return fit;
  };

  /** By name, or by a private address; a public one may be shared by many who have nothing to do with us. */
  const isOwn = async ({ host, port }: Destination, address: string): Promise<boolean> => {
    for (const mine of own.filter((candidate) => candidate.port === port)) {
      if (mine.host === host) return true;
      if (!isPrivateAddress(address)) continue;
      const addresses = isIP(mine.host) !== 0 ? [mine.host] : await resolve(mine.host).catch(() => []);
      if (addresses.includes(address)) return true;
      if (isLoopback(address) && addresses.some(isLoopback)) return true;
    }
    return false;
  };

  const note = (destination: Destination, error: unknown): string => {
    const text = error instanceof Error ? error.message : String(error);
    problems.delete(keyOf(destination));
    problems.set(keyOf(destination), text.slice(0, 200));
    const [oldest] = problems.keys();
    if (problems.size > KEPT_PROBLEMS && oldest !== undefined) problems.delete(oldest);
    return text;
  };

  const server = createServer({ maxHeaderSize: 64 * 1024 }, (incoming, outgoing) => {
    forward(incoming, outgoing).catch(() => outgoing.destroy());
  });

  const forward = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const url = URL.parse(incoming.url ?? "");
    if (url === null || url.protocol !== "http:") return void outgoing.writeHead(400).end();
    const destination = { host: bareHost(url.hostname), port: Number(url.port || 80) };
    const {
      promise: answered,
      resolve: onAnswer,
      reject: onFailure,
    } = Promise.withResolvers<IncomingMessage>();
    try {
      const address = await judge(destination);
      const upstream = request({
        agent,
        host: address,
        port: destination.port,
        method: incoming.method,
        path: `${url.pathname}${url.search}`,
        headers: headersFor(incoming, url.host),
        setHost: false,
        timeout: CONNECT_TIMEOUT_MS * 8,
      });
      upstream.on("timeout", () => upstream.destroy(new Error("It did not answer in time")));
      upstream.on("error", onFailure);
      upstream.on("response", (answer) => {
        // From here on it may be silent for as long as it likes, as a stream of events is.
        upstream.setTimeout(0);
        onAnswer(answer);
      });
      outgoing.on("close", () => upstream.destroy());
      incoming.pipe(upstream);
      const answer = await answered;
      problems.delete(keyOf(destination));
      outgoing.writeHead(answer.statusCode ?? 502, answer.statusMessage, headersOf(answer));
      await pipeline(answer, outgoing);
    } catch (error) {
      const text = note(destination, error);
      if (outgoing.headersSent) return void outgoing.destroy();
      outgoing.writeHead(error instanceof Refusal ? 403 : 502, { "Content-Type": "text/plain" }).end(text);
    }
  };

  server.on("connect", (incoming: IncomingMessage, client: Duplex, head: Buffer) => {
    client.on("error", () => client.destroy());
    tunnel(incoming, client, head).catch(() => client.destroy());
  });

  const tunnel = async (incoming: IncomingMessage, client: Duplex, head: Buffer): Promise<void> => {
    const url = URL.parse(`http://${incoming.url}`);
    const port = Number(/:(\d+)$/.exec(incoming.url ?? "")?.[1] ?? 0);
    if (url === null || port === 0) return void client.end("HTTP/1.1 400 Bad Request\r\n\r\n");
    const destination = { host: bareHost(url.hostname), port };
    let upstream: Socket;
    try {
      const address = await judge(destination);
      upstream = await open(address, port);
      tunnels.set(client, { host: destination.host, address });
    } catch (error) {
      note(destination, error);
      return void client.end(
        `HTTP/1.1 ${error instanceof Refusal ? "403 Forbidden" : "502 Bad Gateway"}\r\n\r\n`,
      );
    }
    problems.delete(keyOf(destination));
    client.on("close", () => upstream.destroy());
    upstream.on("close", () => {
      tunnels.delete(client);
      client.destroy();
    });
    client.write("HTTP/1.1 200 Connection Established\r\n\r\n");
    upstream.write(head);
    client.pipe(upstream).pipe(client);
  };

  server.listen(0, LOOPBACK);
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The web guard has no port");
  own.push({ host: LOOPBACK, port: address.port });
  const closeTunnels = (isWanted: (to: { host: string; address: string }) => boolean) => {
    for (const [client, to] of tunnels) if (!isWanted(to)) client.destroy();
  };

  return {
    port: address.port,
    setPrivateHosts(hosts) {
      allowance = createAllowance(hosts);
      closeTunnels(({ host, address: to }) => isAllowed(host, to));
      // Whatever is still wanted connects anew.
      agent.destroy();
    },
    refuseOwn(hosts) {
      for (const text of hosts) {
        const url = URL.parse(`http://${text}`);
        const port = Number(/:(\d+)$/.exec(text)?.[1] ?? 80);
        if (url !== null) own.push({ host: bareHost(url.hostname), port });
      }
    },
    whyNotReached(text) {
      const url = URL.parse(text);
      if (url === null) return undefined;
      const isSecure = url.protocol === "https:" || url.protocol === "wss:";
      return problems.get(
        keyOf({ host: bareHost(url.hostname), port: Number(url.port || (isSecure ? 443 : 80)) }),
      );
    },
    async [Symbol.asyncDispose]() {
      if (!server.listening) return;
      const closed = new Promise((done) => server.close(done));
      closeTunnels(() => false);
      server.closeAllConnections();
      agent.destroy();
      await closed;
    },
  };
}

async function resolveName(name: string): Promise<string[]> {
  return (await lookup(name, { all: true })).map(({ address }) => address);
}

async function open(address: string, port: number): Promise<Socket> {
  const socket = connect({ host: address, port, noDelay: true });
  socket.setTimeout(CONNECT_TIMEOUT_MS, () => socket.destroy(new Error("It did not answer in time")));
  await once(socket, "connect");
  socket.setTimeout(0);
  socket.on("error", () => socket.destroy());
  return socket;
}

function headersFor({ headers }: IncomingMessage, host: string): Record<string, string | string[]> {
  const kept = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined || HOP_HEADERS.has(name) ? [] : [[name, value] as const],
  );
  return { ...Object.fromEntries(kept), host };
}

/** As they came, doubles included, but for those of the hop. */
function headersOf({ rawHeaders }: IncomingMessage): string[] {
  const kept: string[] = [];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const [name = "", value = ""] = rawHeaders.slice(at, at + 2);
    if (!HOP_HEADERS.has(name.toLowerCase())) kept.push(name, value);
  }
  return kept;
}

const bareHost = (hostname: string) => hostname.replace(/^\[(.*)\]$/, "$1").replace(/\.$/, "");
const keyOf = ({ host, port }: Destination) => `${host}:${port}`;
const isLoopback = (address: string) => address === "::1" || /^(::ffff:)?127\./.test(address);
