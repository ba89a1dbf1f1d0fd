import type { FromStage } from "../../shared/messages.ts";
import type { Shell, ShellOptions } from "../../shared/shell.ts";
import { type Curtain, NO_CURTAIN } from "./curtain.ts";

/**
 * A shell whose glass keeps the last picture while there is no stage with one: from before the window opens, and from
 * each crash, relaunch and reload, until the stage tells what it shows. Only full-screen: beside a window there may be
 * others, which are none of ours.
 */
export function withCurtain(shell: Shell, openCurtain: () => Promise<Curtain>): Shell {
  let curtain: Curtain = NO_CURTAIN;
  let isLowered = false;

  const lower = async () => {
    isLowered = true;
    await curtain.lower();
  };
  const onMessage = ({ kind }: FromStage) => {
    const isPicture = kind === "shown" || kind === "scene";
    // A window that has just come out of the dark may still be painting itself: it is taken down at the next pulse.
    if (!isLowered && (isPicture || kind === "pulse")) curtain.remember();
    if (!isPicture) return;
    isLowered = false;
    curtain.raise();
  };
  const behindCurtain = async (work: (signal: AbortSignal) => Promise<void>, signal: AbortSignal) => {
    await lower();
    await work(signal);
  };

  return {
    kind: shell.kind,
    send: (message) => shell.send(message),
    setPrivateHosts: (hosts) => shell.setPrivateHosts(hosts),
    capture: (signal) => shell.capture(signal),
    async open(options: ShellOptions, events, signal) {
      // A display that can hold no picture by itself is no reason not to play.
      if (options.window.kind === "fullscreen") curtain = await openCurtain().catch(() => NO_CURTAIN);
      await lower();
      await shell.open(
        options,
        {
          ...events,
          onMessage(message) {
            onMessage(message);
            events.onMessage(message);
          },
          onCrash(crash) {
            void lower();
            events.onCrash(crash);
          },
        },
        signal,
      );
    },
    reloadStage: (signal) => behindCurtain((limit) => shell.reloadStage(limit), signal),
    relaunch: (signal) => behindCurtain((limit) => shell.relaunch(limit), signal),
    async [Symbol.asyncDispose]() {
      await shell[Symbol.asyncDispose]();
      await curtain[Symbol.asyncDispose]();
    },
  };
}
