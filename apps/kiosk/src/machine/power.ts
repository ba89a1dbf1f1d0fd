import { spawn } from "node:child_process";
import { createRunTool } from "../display/run-tool.ts";
import type { Power } from "../shared/machine.ts";

/** A restart was wanted: "temporary failure" (sysexits.h), which whoever keeps the process answers by starting it anew. */
export const RESTART_EXIT_CODE = 75;

export interface PowerDeps {
  /** `NOTIFY_SOCKET`, `WATCHDOG_USEC`, `VITRINE_KEPT` and `PATH` are read. */
  env: Readonly<Record<string, string | undefined>>;
  /** Closes everything in good order; the process may be ended when it has resolved. */
  stop(reason: string): Promise<void>;
  /** Ends the process, with this code where somebody keeps it; does not return. */
  end(exitCode: number): void;
  /** Starts this program anew in place of itself, where nobody keeps it; does not return. */
  startAnew(): void;
}

const DEFAULT_FEED_MS = 20_000;

/** The keeper of this process: systemd, told by `systemd-notify` (Node has no datagrams of Unix), or nobody. */
export function createPower({ env, stop, end, startAnew }: PowerDeps): Power {
  const run = createRunTool(env);
  const isKept = env.NOTIFY_SOCKET !== undefined || env.VITRINE_KEPT === "1";
  // Three times within the limit, so that one that is late costs nothing.
  const feedEveryMs = env.WATCHDOG_USEC ? Number(env.WATCHDOG_USEC) / 1000 / 3 : DEFAULT_FEED_MS;
  let lastFedMs = Number.NEGATIVE_INFINITY;
  let isFeeding = false;
  let isReadyTold = false;

  return {
    async restart(reason) {
      await stop(reason);
      if (isKept) end(RESTART_EXIT_CODE);
      else startAnew();
    },
    async reboot(signal) {
      await run("systemctl", ["reboot"], signal);
    },
    feed() {
      const nowMs = performance.now();
      if (env.NOTIFY_SOCKET === undefined || isFeeding || nowMs - lastFedMs < feedEveryMs) return;
      isFeeding = true;
      const words = [...(isReadyTold ? [] : ["READY=1"]), "WATCHDOG=1"];
      // A keeper that cannot be told restarts us, which is what it is for.
      const child = spawn("systemd-notify", words, { env: { ...env }, stdio: "ignore" });
      const settle = (isTold: boolean) => {
        isFeeding = false;
        if (!isTold) return;
        isReadyTold = true;
        lastFedMs = nowMs;
      };
      child.once("error", () => settle(false));
      child.once("exit", (code) => settle(code === 0));
    },
  };
}
