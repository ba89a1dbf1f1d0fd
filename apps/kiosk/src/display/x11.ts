import type { DisplayBackend } from "./backend.ts";
import type { RunTool } from "./run-tool.ts";

export interface X11Screen {
  /** Size of the whole screen, in pixels: `1920x1080`. */
  size: string;
  outputs: { name: string; isConnected: boolean; isOn: boolean }[];
}

/**
 * Outputs of an X server by `xrandr`. An output is taken off rather than put to sleep by DPMS, which not every
 * server has and any key ends; the screen keeps its size meanwhile, so no window moves.
 */
export function createX11Backend(run: RunTool): DisplayBackend {
  const look = async (signal: AbortSignal) => {
    const { size, outputs } = parseXrandr(await run("xrandr", ["--query"], signal));
    return { size, outputs: outputs.filter(({ isConnected }) => isConnected) };
  };
  return {
    kind: "x11",
    async look(signal) {
      const { outputs } = await look(signal);
      const [first] = outputs;
      if (first === undefined) return { output: null, observed: "unknown" };
      return { output: first.name, observed: outputs.some(({ isOn }) => isOn) ? "on" : "off" };
    },
    async setPower(desired, signal) {
      const { size, outputs } = await look(signal);
      const changes = outputs
        .filter(({ isOn }) => isOn !== (desired === "on"))
        .flatMap(({ name }) => ["--output", name, desired === "on" ? "--auto" : "--off"]);
      if (changes.length > 0)
        await run("xrandr", [...(desired === "off" ? ["--fb", size] : []), ...changes], signal);
      // The server's own timer would blank the picture behind our back.
      if (desired === "on") await run("xset", ["s", "off", "s", "noblank"], signal);
    },
  };
}

/** Screen and outputs in what `xrandr --query` prints; an output that is on has a size and a place. */
export function parseXrandr(text: string): X11Screen {
  const size = /^Screen \d+:.*\bcurrent (\d+) x (\d+)/m.exec(text);
  const outputs = [...text.matchAll(/^(\S+) (connected|disconnected|unknown connection)(.*)$/gm)].map(
    ([, name = "", connection, facts = ""]) => ({
      name,
      isConnected: connection !== "disconnected",
      isOn: /\b\d+x\d+\+-?\d+\+-?\d+/.test(facts),
    }),
  );
  return { size: `${size?.[1] ?? 0}x${size?.[2] ?? 0}`, outputs };
}
