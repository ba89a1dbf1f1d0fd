import { createServer } from "node:http";
import { type WebSocket, WebSocketServer } from "ws";
import { BARE_PATHS } from "./bare-paths.ts";

// The least that a Node server can do: holds the connections, feeds all of them, and answers beats with a few words
// after reading them. No screens, no database, no rights: the limit that ours is measured against.
const FRAME = '{"kind":"manifest","revision":1}';
const HELLO = '{"kind":"hello","reconnectMs":1000}';
const upgrades = new WebSocketServer({ noServer: true, clientTracking: false, perMessageDeflate: false });
const connections = new Set<WebSocket>();

const server = createServer((request, response) => {
  if (request.url === BARE_PATHS.broadcast) for (const one of connections) one.send(FRAME);
  response.end();
});
server.on("upgrade", (request, socket, head) => {
  upgrades.handleUpgrade(request, socket, head, (connection) => {
    connections.add(connection);
    connection.once("close", () => connections.delete(connection));
    connection.on("message", (data) => {
      const { id }: { id: number } = JSON.parse(String(data));
      const answer = { serverTime: new Date().toISOString() };
      connection.send(JSON.stringify({ kind: "beaten", id, answer }));
    });
    connection.send(HELLO);
  });
});
server.listen(Number(process.env.PORT ?? 0), "127.0.0.1", 4096, () => {
  const address = server.address();
  process.stdout.write(`ready at ${typeof address === "object" ? address?.port : address}\n`);
});
process.on("SIGTERM", () => process.exit(0));
