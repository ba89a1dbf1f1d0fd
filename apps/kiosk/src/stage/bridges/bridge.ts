import type { FromStage } from "../../shared/messages.ts";

/** How the page reaches whoever drives it: a shell's engine, or the dashboard around a preview. */
export interface Bridge {
  send(message: FromStage): void;
  /** Registers the one receiver; what it gets is not yet parsed. */
  listen(onMessage: (message: unknown) => void): void;
}
