import { descendants, heldBytes } from "@vitrine/harness/process-facts";

/** Memory in bytes, without the pages of files, those of one kind together. */
export type Memory = Record<(typeof PROCESS_KINDS)[number], number>;

/** `engine`: the kiosk's own process; the others are the browser's, `network` its network service. */
export const PROCESS_KINDS = ["engine", "browser", "gpu", "renderers", "network", "utilities"] as const;

/** Growth is from `start`, when all processes have started; `early` is what they held in the first minute or so. */
export type SoakMemory = Record<"early" | "start" | "middle" | "end", Memory>;

const LOOK_EVERY_MS = 250;

/**
 * The memory of the browser below a process and, where `engine` is told, of that one: the least of so many looks, since
 * what comes and goes with each frame is not growth.
 */
export async function readMemory(
  pid: number,
  { engine, looks }: { engine: boolean; looks: number },
): Promise<Memory> {
  const least = memoryNow(pid, engine);
  for (let look = 1; look < looks; look += 1) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    const memory = memoryNow(pid, engine);
    for (const kind of PROCESS_KINDS) least[kind] = Math.min(least[kind], memory[kind]);
  }
  return least;
}

const NOTHING: Memory = { engine: 0, browser: 0, gpu: 0, renderers: 0, network: 0, utilities: 0 };

function memoryNow(pid: number, engine: boolean): Memory {
  const memory = { ...NOTHING, engine: engine ? bytesOf(pid) : 0 };
  for (const child of descendants(pid)) {
    const kind = kindOf(child.command);
    if (kind !== undefined) memory[kind] += bytesOf(child.pid);
  }
  return memory;
}

function kindOf(command: string): keyof Memory | undefined {
  if (!command.includes("chromium")) return undefined;
  const type = /--type=([\w-]+)/.exec(command)?.[1];
  if (type === undefined) return command.includes("--user-data-dir=") ? "browser" : undefined;
  if (type === "renderer") return "renderers";
  if (type === "gpu-process") return "gpu";
  return command.includes("network.mojom.NetworkService") ? "network" : "utilities";
}

/** A process may end while it is looked at. */
function bytesOf(pid: number): number {
  try {
    return heldBytes(pid);
  } catch {
    return 0;
  }
}
