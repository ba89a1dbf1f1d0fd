import { fileURLToPath } from "node:url";
import { runInNewContext } from "node:vm";
import { build, type Rolldown } from "vite";
import { expect, it } from "vitest";

const CONFIG = fileURLToPath(new URL("../../../vite.electron-preload.config.ts", import.meta.url));
const OPERATIONS = ["send", "listen"];

/** The preload as it is packaged, byte for byte. */
async function builtPreload(): Promise<string> {
  const outputs = await build({ configFile: CONFIG, logLevel: "error", build: { write: false } });
  const files = [outputs].flat().flatMap((output) => ("output" in output ? output.output : []));
  const chunks = files.filter((file): file is Rolldown.OutputChunk => file.type === "chunk");
  expect(chunks.map(({ fileName }) => fileName)).toEqual(["preload.cjs"]);
  return chunks[0]?.code ?? "";
}

it("gives the page the listed operations and nothing else of Electron or Node", async () => {
  const required: string[] = [];
  const exposed: [string, Record<string, (...given: unknown[]) => unknown>][] = [];
  const sent: unknown[][] = [];
  const listeners: [string, (...given: unknown[]) => void][] = [];
  const refuse = (what: string) =>
    new Proxy(
      {},
      {
        get: (_target, name) => {
          throw new Error(`The preload reaches for ${what}.${String(name)}`);
        },
      },
    );
  const electron = {
    contextBridge: { exposeInMainWorld: (...given: (typeof exposed)[number]) => void exposed.push(given) },
    ipcRenderer: {
      send: (...given: unknown[]) => void sent.push(given),
      on: (...given: (typeof listeners)[number]) => void listeners.push(given),
    },
  };
  runInNewContext(await builtPreload(), {
    exports: {},
    module: { exports: {} },
    process: refuse("process"),
    globalThis: refuse("globalThis"),
    require(name: string) {
      required.push(name);
      return electron;
    },
  });

  expect(required).toEqual(["electron/renderer"]);
  expect(exposed).toHaveLength(1);
  const [[world, operations] = ["", {}]] = exposed;
  expect(world).toBe("vitrineShell");
  expect(Object.keys(operations)).toEqual(OPERATIONS);
  expect(Object.values(operations).every((operation) => typeof operation === "function")).toBe(true);
  // Nothing happens until the page asks.
  expect([sent, listeners]).toEqual([[], []]);

  const message = { kind: "pulse" };
  expect(operations.send?.(message, "another channel")).toBeUndefined();
  expect(sent).toEqual([["vitrine:from-stage", message]]);

  const heard: unknown[][] = [];
  expect(operations.listen?.((...given: unknown[]) => void heard.push(given))).toBeUndefined();
  expect(listeners.map(([channel]) => channel)).toEqual(["vitrine:to-stage"]);
  // The event, which leads to the sender, stays behind.
  listeners[0]?.[1]({ sender: "ipc" }, message, "more");
  expect(heard).toEqual([[message]]);
});
