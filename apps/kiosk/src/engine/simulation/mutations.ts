import type { EngineDeps } from "../engine-deps.ts";
import type { FileStore } from "../platform/file-store.ts";
import type { PlannedFault } from "./faults.ts";
import { createSeededRandom } from "./seeded-random.ts";
import type { World } from "./world.ts";

/** A way to build the engine wrongly, done from outside, and the rules of which one at least must be seen broken. */
export interface Mutation {
  breaks: readonly string[];
  /** What must befall the screen for it to be seen; else what each seed plans. */
  faults?: readonly PlannedFault[];
  wrap(deps: EngineDeps, world: World): EngineDeps;
}

const BLANK_MS = 200;
const LATE_MS = 300;

/** Faults that somebody could make in the engine. Each must be found, or the simulation proves nothing. */
export const MUTATIONS: Record<string, Mutation> = {
  "files are never synced": {
    breaks: ["I1", "I4"],
    wrap: (deps) => ({ ...deps, files: withoutSync(deps.files) }),
  },
  "folders are never synced": {
    breaks: ["I1", "I4"],
    wrap: (deps) => ({ ...deps, files: { ...deps.files, syncFolder: async () => {} } }),
  },
  "a file goes when a manifest comes": {
    breaks: ["I1"],
    wrap: (deps) => ({
      ...deps,
      files: {
        ...deps.files,
        async rename(from, to) {
          await deps.files.rename(from, to);
          const [first] = to.startsWith("manifests/") ? await deps.files.list("files") : [];
          if (first !== undefined) await deps.files.remove(`files/${first}`);
        },
      },
    }),
  },
  "the glass is cleared before each plan": {
    breaks: ["I2"],
    wrap: (deps) => ({
      ...deps,
      shell: {
        ...deps.shell,
        send(message) {
          if (message.kind !== "plan") return deps.shell.send(message);
          const nothing = { serverHost: null, screenName: null, organizationName: null, progress: null };
          deps.shell.send({ kind: "splash", status: "syncing", ...nothing });
          deps.clock.after(BLANK_MS, () => deps.shell.send(message));
        },
      },
    }),
  },
  "a lost stage is not brought back": {
    breaks: ["I2"],
    wrap: (deps) => ({
      ...deps,
      shell: { ...deps.shell, reloadStage: async () => {}, relaunch: async () => {} },
    }),
  },
  "everything is shown late": {
    breaks: ["I3"],
    wrap: (deps) => ({
      ...deps,
      shell: {
        ...deps.shell,
        send: (message) =>
          deps.shell.send(
            message.kind === "plan"
              ? { ...message, clockOffsetMs: message.clockOffsetMs - LATE_MS }
              : message,
          ),
      },
    }),
  },
  "plays are sent under new names": {
    breaks: ["I4"],
    wrap: (deps, world) => ({
      ...deps,
      network: {
        ...deps.network,
        fetch(url, init) {
          if (!url.endsWith("plays.report")) return deps.network.fetch(url, init);
          const names = createSeededRandom(world.network.exchanges());
          const body = String(init.body).replaceAll(/"bootId":"[^"]*"/g, () => `"bootId":"${names.id()}"`);
          return deps.network.fetch(url, { ...init, body });
        },
      },
    }),
  },
  "plays are forgotten before the receipt": {
    breaks: ["I4"],
    wrap: (deps) => ({
      ...deps,
      network: {
        ...deps.network,
        async fetch(url, init) {
          const sent = deps.network.fetch(url, init);
          if (!url.endsWith("plays.report")) return await sent;
          return await sent.catch(() => Response.json({ result: { data: { newCount: 0, knownCount: 0 } } }));
        },
      },
    }),
  },
  "commands are not remembered": {
    breaks: ["I4"],
    faults: [
      { kind: "network_lossy", atMs: 9000, lengthMs: 10_000 },
      { kind: "commanded", atMs: 10_000, lengthMs: 0 },
      { kind: "engine_killed", atMs: 10_400, lengthMs: 0 },
    ],
    wrap: (deps) => ({
      ...deps,
      files: {
        ...deps.files,
        find: (path) => (path === "commands.json" ? Promise.resolve(undefined) : deps.files.find(path)),
      },
    }),
  },
  "time is the machine's own": {
    breaks: ["I2", "I3", "I5"],
    wrap: (deps) => ({ ...deps, clock: { ...deps.clock, monotonicMs: () => deps.clock.wallMs() } }),
  },
};

function withoutSync(files: FileStore): FileStore {
  return {
    ...files,
    async open(path, access) {
      const file = await files.open(path, access);
      return { ...file, sync: async () => {}, [Symbol.asyncDispose]: () => file[Symbol.asyncDispose]() };
    },
  };
}
