import type { DisplayReport } from "@vitrine/core/model/device-health";
import type { DisplayBackend } from "./backend.ts";
import type { RunTool } from "./run-tool.ts";

const TV = ["--to", "0"];

/** A television by the line for remote controls in its HDMI cable, through `cec-ctl` (of v4l-utils). */
export function createCecBackend(run: RunTool): DisplayBackend {
  // Each call makes us a playback device: the kernel forgets it when the cable is pulled.
  const ask = (args: readonly string[], signal: AbortSignal) =>
    run("cec-ctl", ["--skip-info", "--playback", "--osd-name", "Vitrine", ...TV, ...args], signal);
  return {
    kind: "cec",
    async look(signal) {
      const observed = parsePowerStatus(await ask(["--give-device-power-status"], signal));
      return observed === undefined ? { output: null, observed: "unknown" } : { output: "TV", observed };
    },
    async setPower(desired, signal) {
      await ask([desired === "on" ? "--image-view-on" : "--standby"], signal);
    },
  };
}

/** What the television answered: `to-on` is on already and `to-standby` off; undefined when none answered. */
export function parsePowerStatus(text: string): DisplayReport["observed"] | undefined {
  const state = /pwr-state:\s*([a-z-]+)/.exec(text)?.[1];
  if (state === undefined) return undefined;
  if (state === "on" || state === "to-on") return "on";
  return state === "standby" || state === "to-standby" ? "off" : "unknown";
}
