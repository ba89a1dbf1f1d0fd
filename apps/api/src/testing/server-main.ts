import { startServer } from "../app.ts";
import { readConfig } from "../platform/config.ts";
import type { RoleUrls } from "../system/open-databases.ts";

// A server in a process of its own, for tests that kill it: on the database that `TEST_ROLE_URLS` names, as JSON.
const roleUrls: RoleUrls = JSON.parse(process.env.TEST_ROLE_URLS ?? "{}");
const server = await startServer(readConfig(process.env, process.cwd()), roleUrls);
process.stdout.write(`${JSON.stringify({ port: server.port, contentPort: server.contentPort })}\n`);
process.on("SIGTERM", () => {
  server.stop().then(
    () => process.exit(0),
    () => process.exit(1),
  );
});
