import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createReadStream } from "node:fs";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

/** A real live HLS stream with a plain server of its own, of another origin than the stage. */
export interface LiveStream extends AsyncDisposable {
  /** The address of its playlist. */
  readonly url: string;
  /** Requests that were answered or refused so far. */
  requests: number;
  /** While true every connection is cut; the stream itself goes on. */
  isDown: boolean;
}

/** Streams a video file over and over at its own speed, a key frame and a segment each second. */
export async function startLiveStream(videoPath: string): Promise<LiveStream> {
  const folder = await mkdtemp(join(tmpdir(), "vitrine-stream-"));
  const encoder = startEncoder(videoPath, folder);
  const server = createServer((request, response) => {
    stream.requests += 1;
    if (stream.isDown) return void request.socket.destroy();
    const headers = { "Access-Control-Allow-Origin": "*", "Cache-Control": "no-cache" };
    const file = createReadStream(join(folder, basename(request.url ?? "")));
    file.once("error", () => response.writeHead(404, headers).end());
    file.once("open", () => file.pipe(response.writeHead(200, headers)));
  });
  const stream: LiveStream = {
    url: `http://localhost:${await listen(server)}/live.m3u8`,
    requests: 0,
    isDown: false,
    async [Symbol.asyncDispose]() {
      const ended = once(encoder, "exit");
      if (encoder.exitCode === null && encoder.kill("SIGKILL")) await ended;
      server.closeAllConnections();
      server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
  await untilListed(folder, encoder);
  return stream;
}

function startEncoder(videoPath: string, folder: string): ChildProcess {
  const input = ["-nostdin", "-v", "error", "-re", "-stream_loop", "-1", "-i", videoPath];
  const list = ["-hls_time", "1", "-hls_list_size", "5", "-hls_flags", "delete_segments"];
  return spawn("ffmpeg", [...input, "-c", "copy", "-f", "hls", ...list, join(folder, "live.m3u8")], {
    stdio: "ignore",
  });
}

async function listen(server: Server): Promise<number> {
  server.listen(0, "localhost");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("No port");
  return address.port;
}

/** Until there are three segments, which a player wants before it begins. */
async function untilListed(folder: string, encoder: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 150; tries += 1) {
    const names = await readdir(folder);
    if (names.includes("live.m3u8") && names.length > 3) return;
    if (encoder.exitCode !== null) throw new Error(`ffmpeg ended with code ${encoder.exitCode}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("ffmpeg wrote no stream within 15 s");
}
