import type { Shell } from "../shared/shell.ts";
import type { ClaimedDeps } from "./claimed.ts";
import type { EngineDeps } from "./engine-deps.ts";
import { describe } from "./platform/log.ts";
import type { Director } from "./playback/director.ts";

export interface OrdersDeps extends Pick<EngineDeps, "display" | "updater" | "power" | "log"> {
  shell: Pick<Shell, "reloadStage">;
  director: Pick<Director, "look">;
  identify(): void;
  /** The display, or the player's update, is another one now. */
  onMachine(): void;
}

/** What the screen does for each command that needs no server; a rejection says why it could not. */
export function createOrders(deps: OrdersDeps): ClaimedDeps["handlers"] {
  const { display, updater, power, director, shell, log } = deps;
  const setPower = (desired: "on" | "off") => async (_: unknown, limit: AbortSignal) => {
    await display.setPower(desired, limit);
    deps.onMachine();
  };
  return {
    identify: async () => deps.identify(),
    reload: (_, limit) => shell.reloadStage(limit),
    next: async () => director.look(1),
    previous: async () => director.look(-1),
    display_on: setPower("on"),
    display_off: setPower("off"),
    // Both end this process: what follows is known after the start, and is not waited for.
    restart: async () => orderEnd(() => power.restart("command")),
    reboot: (_, limit) => power.reboot(limit),
    update: async (_, limit) => {
      await updater.update(limit);
      deps.onMachine();
    },
  };

  /** An order that closes this engine cannot be awaited by what it closes; one that is refused at once is heard. */
  async function orderEnd(order: () => Promise<void>): Promise<void> {
    const refused = order().then(
      () => new Promise<never>(() => {}),
      (error: unknown) => {
        log.warn("order_refused", { reason: describe(error) });
        throw error;
      },
    );
    await Promise.race([refused, new Promise<void>((resolve) => setImmediate(resolve))]);
  }
}
