import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";

export interface Line {
  /** What all answers together get. */
  bytesPerSecond: number;
  /** From a request to the first byte of its answer, in addition to what the server takes. */
  delayMs: number;
  /** Requests for such paths are never answered. */
  isLost?(path: string): boolean;
}

type Pace = (bytes: number) => Promise<void>;

/** A line before `127.0.0.1:port`: an HTTP proxy that hands on everything, only slower. */
export async function startSlowLine(port: number, line: Line): Promise<AsyncDisposable & { url: string }> {
  const pace = createPace(line.bytesPerSecond);
  const server = createServer((incoming, outgoing) => {
    if (line.isLost?.(incoming.url ?? "")) return;
    const { method, url: path, headers } = incoming;
    const onward = request({ host: "127.0.0.1", port, method, path, headers }, (answer) => {
      handBack(answer, outgoing, pace, line.delayMs).catch(() => outgoing.destroy());
    });
    onward.on("error", () => outgoing.destroy());
    outgoing.on("close", () => onward.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const ownPort = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${ownPort}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function handBack(
  answer: IncomingMessage,
  outgoing: ServerResponse,
  pace: Pace,
  delayMs: number,
): Promise<void> {
  await wait(delayMs);
  outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
  outgoing.flushHeaders();
  for await (const chunk of answer) {
    await pace(chunk.length);
    if (!outgoing.write(chunk)) await new Promise((resolve) => outgoing.once("drain", resolve));
  }
  outgoing.end();
}

/** Pieces of all answers pass one after another, each when the line has had the time for it. */
function createPace(bytesPerSecond: number): Pace {
  let freeAtMs = 0;
  return async (bytes) => {
    freeAtMs = Math.max(performance.now(), freeAtMs) + (bytes * 1000) / bytesPerSecond;
    await wait(freeAtMs - performance.now());
  };
}

function wait(durationMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, durationMs)));
}
