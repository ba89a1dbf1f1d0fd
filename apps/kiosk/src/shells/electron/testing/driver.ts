import { createInterface } from "node:readline";
import { app } from "electron/main";
import type { ShellEvents } from "../../../shared/shell.ts";
import { createElectronShell } from "../electron-shell.ts";
import { prepareApp } from "../prepare-app.ts";
import type { DriverTask } from "./driver-task.ts";

// The Electron shell alone, without an engine: messages for the stage come in as lines of JSON, what the shell tells goes out.
prepareApp();
const task: DriverTask = JSON.parse(process.argv.at(-1) ?? "{}");
const tell = (what: object) => void process.stdout.write(`${JSON.stringify(what)}\n`);
const events: ShellEvents = {
  onMessage: (message) => tell({ message }),
  onCrash: ({ kind, text }) => tell({ trouble: `${kind} crashed: ${text}` }),
  onClosed: () => tell({ trouble: "The window was closed" }),
};
app.whenReady().then(async () => {
  const shell = createElectronShell(task);
  shell.setPrivateHosts(task.privateHosts);
  createInterface({ input: process.stdin })
    .on("line", (line) => shell.send(JSON.parse(line)))
    .on("close", () => app.exit(0));
  const media = { findMedia: async (sha256: string) => task.media[sha256] };
  const options = { media, window: { kind: "fullscreen" as const }, dataFolder: task.dataFolder };
  await shell.open(options, events, AbortSignal.timeout(60_000));
});
