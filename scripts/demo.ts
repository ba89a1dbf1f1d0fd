import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { readConfig } from "@vitrine/api/config";
import { startServer } from "@vitrine/api/server";
import { run } from "@vitrine/harness/processes";
import { buildApps } from "./build.ts";
import { fillDemo } from "./demo/fill-demo.ts";

// npm run demo: the server on a data folder of its own, with a café's content and one simulated screen.
const root = resolve(import.meta.dirname, "..");
process.stdout.write("Building the dashboard and the stage …\n");
await buildApps();
const config = readConfig({ VITRINE_DATA: ".data-demo", ...process.env }, root);
const server = await startServer(config);
const demoFile = join(config.dataDir, "demo.json");

const credentials = existsSync(demoFile) ? readCredentials() : await prepare();
const screen = run(
  process.execPath,
  [
    join(root, "apps/kiosk/src/fleet/main.ts"),
    "--server",
    server.url,
    "--screens",
    "1",
    "--data",
    join(config.dataDir, "screens"),
  ],
  { VITRINE_API_KEY: credentials.apiKey },
);
process.stdout.write(
  [
    `The demo is ready at ${server.url}`,
    `  e-mail    ${credentials.email}`,
    `  password  ${credentials.password}`,
    "One simulated screen plays the café's loop. A real one on this machine: npm run kiosk -- --server " +
      server.url,
    "",
  ].join("\n"),
);
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, async () => {
    await screen[Symbol.asyncDispose]();
    await server.stop();
    process.exit(0);
  });
}

type Credentials = { email: string; password: string; apiKey: string };

async function prepare(): Promise<Credentials> {
  const { person } = await fillDemo(server.url);
  const { email, password, api } = person;
  const key = await api.apiKeys.create.mutate({
    name: "Simulated screens",
    grants: ["devices.pair"],
    expiresAt: null,
  });
  const made: Credentials = { email, password, apiKey: key.secret };
  writeFileSync(demoFile, JSON.stringify(made), { mode: 0o600 });
  return made;
}

function readCredentials(): Credentials {
  const stored: unknown = JSON.parse(readFileSync(demoFile, "utf8"));
  if (
    typeof stored === "object" &&
    stored !== null &&
    "email" in stored &&
    "password" in stored &&
    "apiKey" in stored
  ) {
    return { email: String(stored.email), password: String(stored.password), apiKey: String(stored.apiKey) };
  }
  throw new Error(`${demoFile} is not what the demo wrote. Remove ${config.dataDir} to begin anew.`);
}
