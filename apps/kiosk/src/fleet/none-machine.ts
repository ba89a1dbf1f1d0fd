import type { Display, Power, Updater } from "../shared/machine.ts";

/** No display: a screen without a glass. */
export const noDisplay: Display = {
  async start() {},
  report: () => ({ backend: "none", output: null, desired: "on", observed: "unknown", problem: null }),
  async setPower() {
    throw new Error("This screen has no display that can be switched");
  },
  async [Symbol.asyncDispose]() {},
};

/** A player that is kept up to date by whoever started it. */
export const noUpdater: Updater = {
  async start() {},
  report: () => ({ channel: "none", state: "off", version: null, problem: null }),
  async update() {
    throw new Error("This player is not updated by itself: update it the way it was installed");
  },
  onHealthy() {},
  async [Symbol.asyncDispose]() {},
};

/** Nobody stands above the process. */
export const noPower: Power = {
  async restart() {
    throw new Error("Nobody starts this player again when it ends");
  },
  async reboot() {
    throw new Error("This player may not reboot the machine");
  },
  feed() {},
};
