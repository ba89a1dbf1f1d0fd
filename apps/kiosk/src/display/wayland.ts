import type { DisplayBackend } from "./backend.ts";
import type { RunTool } from "./run-tool.ts";

export interface WaylandOutput {
  name: string;
  isOn: boolean;
}

/** Outputs of a wlroots compositor (labwc, sway, wayfire) by `wlr-randr`. All of them are switched. */
export function createWaylandBackend(run: RunTool): DisplayBackend {
  const list = async (signal: AbortSignal) => parseWlrRandr(await run("wlr-randr", [], signal));
  return {
    kind: "wayland",
    async look(signal) {
      const outputs = await list(signal);
      const [first] = outputs;
      if (first === undefined) return { output: null, observed: "unknown" };
      return { output: first.name, observed: outputs.some(({ isOn }) => isOn) ? "on" : "off" };
    },
    async setPower(desired, signal) {
      for (const { name } of await list(signal))
        await run("wlr-randr", ["--output", name, `--${desired}`], signal);
    },
  };
}

/** The outputs in what `wlr-randr` prints: each begins at the margin, its facts are indented. */
export function parseWlrRandr(text: string): WaylandOutput[] {
  const outputs: WaylandOutput[] = [];
  for (const line of text.split("\n")) {
    const name = /^(\S+)/.exec(line)?.[1];
    if (name !== undefined) outputs.push({ name, isOn: false });
    const last = outputs.at(-1);
    if (last !== undefined && /^\s+Enabled: yes\s*$/.test(line)) last.isOn = true;
  }
  return outputs;
}
