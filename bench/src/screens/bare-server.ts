import { createServer, type ServerResponse } from "node:http";
import { BARE_PATHS } from "./bare-paths.ts";

// The least that a Node server can do: holds streams as HTTP responses, feeds all of them, and answers beats with
// a few words after reading them. No screens, no database, no rights: the limit that ours is measured against.
const FRAME = 'data: {"kind":"manifest","revision":1}\n\n';
const streams = new Set<ServerResponse>();

const server = createServer((request, response) => {
  if (request.url === BARE_PATHS.hints) {
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
    response.write('data: {"kind":"hello","reconnectMs":1000}\n\n');
    streams.add(response);
    response.once("close", () => streams.delete(response));
    return;
  }
  if (request.url === BARE_PATHS.broadcast) {
    for (const stream of streams) stream.write(FRAME);
    return response.end();
  }
  let text = "";
  request.setEncoding("utf8");
  request.on("data", (part: string) => {
    text += part;
  });
  request.on("end", () => {
    const beat: { bootId?: string } = JSON.parse(text);
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ bootId: beat.bootId, serverTime: new Date().toISOString() }));
  });
});
server.listen(Number(process.env.PORT ?? 0), "127.0.0.1", 4096, () => {
  const address = server.address();
  process.stdout.write(`ready at ${typeof address === "object" ? address?.port : address}\n`);
});
process.on("SIGTERM", () => process.exit(0));
