import { buildApps } from "./build.ts";

process.stdout.write("Building the dashboard and the stage …\n");
await buildApps();
await import("../apps/api/src/server.ts");
